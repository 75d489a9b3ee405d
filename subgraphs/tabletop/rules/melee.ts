// Melee (core p. 100): both roll, and the winner does damage.
import { levelBoxes, type DamageLevel } from '../../../shared/world/tabletop/damage-levels.ts'
import { meleeModifiers, unarmedDamage } from '../../../shared/world/tabletop/melee-modifiers.ts'
import { rulePart, sheetPart, sumOf, type Part } from './breakdown.ts'
import { mustBeAble, type Combatant } from './combatant.ts'
import { karmaDice } from './commit.ts'
import { injuryParts, withDamage } from './condition.ts'
import { readDamage, stageLevel, type Damage } from './damage.ts'
import { armourOf, attributeOf } from './derived.ts'
import type { DiceSource } from './dice-source.ts'
import { gameMasterParts, type GameMasterPart } from './game-master-parts.ts'
import { takeFromPool, type PoolUse } from './pools.ts'
import { rollResistance, type ResistanceRolls } from './resistance.ts'
import { rollTest, type Roll } from './roll.ts'
import { skillDice } from './skill-dice.ts'
import type { CharacterState } from './state.ts'
import { sustainingParts } from './sustaining.ts'
import { targetNumberOf, type TargetNumber } from './target-number.ts'
import type { MeleeWeapon } from './weapon.ts'

export interface MeleeFighter extends Combatant {
  /** Null: bare hands. */
  weapon: MeleeWeapon | null
  /** Pool dice for resisting, should this side lose. */
  resistancePoolDice?: number
  /** Modifiers of the game master to this side's target number. */
  gameMaster?: GameMasterPart[]
}

/** One side's part of the exchange. */
export interface MeleeSide {
  targetNumber: TargetNumber
  diceParts: Part[]
  pool: PoolUse
  roll: Roll
  /** The state with its pool dice spent. */
  spent: CharacterState
}

export interface MeleeResult {
  attacker: MeleeSide
  defender: MeleeSide
  /** A tie is won by the attacker. */
  winner: 'attacker' | 'defender'
  netSuccesses: number
  /** The level after the winner's successes, before the loser resists. */
  stagedLevel: DamageLevel
  /** Null if there was nothing to resist. */
  resistancePool: PoolUse | null
  resistance: ResistanceRolls | null
  level: DamageLevel
  /** Boxes that the loser takes. */
  boxes: number
  states: { attacker: CharacterState; defender: CharacterState }
}

const reachOf = (fighter: MeleeFighter) => fighter.weapon?.reach ?? 0

function side(fighter: MeleeFighter, opponent: MeleeFighter): Omit<MeleeSide, 'roll'> {
  const { sheet, state, weapon } = fighter
  const skill = skillDice(
    sheet,
    weapon ? { skill: 'Armed Combat', specialization: weapon.name } : { skill: 'Unarmed Combat' },
  )
  const pool = takeFromPool(sheet, state, 'combat', fighter.poolDice, {
    dice: skill.mostPoolDice,
    reason: 'skill rating',
  })
  const reach = Math.max(0, reachOf(fighter) - reachOf(opponent))
  const targetNumber = targetNumberOf([
    rulePart('melee', meleeModifiers.targetNumber),
    ...(reach > 0 ? [rulePart('reach', meleeModifiers.reach, reach)] : []),
    ...skill.targetParts,
    ...injuryParts(state),
    ...sustainingParts(state),
    ...gameMasterParts(fighter.gameMaster),
  ])
  const poolParts = pool.used > 0 ? [sheetPart('Combat Pool', pool.used)] : []
  const karma = karmaDice(sheet, pool.state, fighter.karmaDice ?? 0, skill.dice)
  return { targetNumber, diceParts: [...skill.parts, ...poolParts, ...karma.parts], pool, spent: karma.use.state }
}

function rolled(source: DiceSource, one: Omit<MeleeSide, 'roll'>): MeleeSide {
  return { ...one, roll: rollTest(source.next(), sumOf(one.diceParts), one.targetNumber.value) }
}

/** The loser resists: Body and pool dice against the Power that impact armour leaves. */
function resist(source: DiceSource, loser: MeleeFighter, state: CharacterState, damage: Damage) {
  const { sheet, resistancePoolDice = 0 } = loser
  const resistancePool = takeFromPool(sheet, state, 'combat', resistancePoolDice)
  const resistance = rollResistance(source, damage.power, {
    body: attributeOf(sheet, 'body'),
    pool: resistancePool.used,
    armour: armourOf(sheet).impact,
  })
  const level = stageLevel(damage.level, -(resistance.bodyRoll.successes + resistance.poolRoll.successes))
  const boxes = levelBoxes[level]
  return { resistancePool, resistance, level, boxes, hurt: withDamage(resistancePool.state, damage.kind, boxes) }
}

/**
 * Resolves one exchange of blows: both sides roll, and who has more successes does damage, which those successes stage
 * up and the loser then stages down. Longer reach lowers the target number of who has it. Without any success on
 * either side nobody is hurt and only two rolls are made, else four. A RuleError if a side cannot act or has no route
 * to the skill.
 */
export function resolveMelee(
  source: DiceSource,
  fight: { attacker: MeleeFighter; defender: MeleeFighter },
): MeleeResult {
  mustBeAble('attacker', fight.attacker)
  mustBeAble('defender', fight.defender)
  const sides = { attacker: side(fight.attacker, fight.defender), defender: side(fight.defender, fight.attacker) }
  const attacker = rolled(source, sides.attacker)
  const defender = rolled(source, sides.defender)
  const net = attacker.roll.successes - defender.roll.successes
  const [winner, loser] = net >= 0 ? (['attacker', 'defender'] as const) : (['defender', 'attacker'] as const)
  const spent = { attacker: attacker.spent, defender: defender.spent }
  const common = { attacker, defender, winner, netSuccesses: Math.abs(net) }
  if (attacker.roll.successes + defender.roll.successes === 0)
    return {
      ...common,
      stagedLevel: 'none',
      resistancePool: null,
      resistance: null,
      level: 'none',
      boxes: 0,
      states: spent,
    }
  const { weapon, sheet } = fight[winner]
  const damage = readDamage(weapon?.damage ?? unarmedDamage, attributeOf(sheet, 'strength'))
  const stagedLevel = stageLevel(damage.level, Math.abs(net))
  const { hurt, ...result } = resist(source, fight[loser], spent[loser], { ...damage, level: stagedLevel })
  return { ...common, stagedLevel, ...result, states: { ...spent, [loser]: hurt } }
}
