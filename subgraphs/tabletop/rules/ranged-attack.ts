// A ranged attack from the shot to the boxes on the target's condition monitor (core p. 87-92).
import type { RangeBand } from '../../../shared/world/tabletop/ranges.ts'
import type { VisibilityTable } from '../../../shared/world/tabletop/visibility.ts'
import { weaponSkills } from '../../../shared/world/tabletop/weapon-skills.ts'
import { sheetPart, sumOf, type Part } from './breakdown.ts'
import { mustBeAble, type Combatant } from './combatant.ts'
import { conditionOf, injuryParts, withDamage } from './condition.ts'
import { readDamage } from './damage.ts'
import { armourOf, attributeOf } from './derived.ts'
import type { DiceSource } from './dice-source.ts'
import { firedDamage, roundsFired, type FiredDamage } from './fire.ts'
import { karmaDice } from './commit.ts'
import { takeFromPool, type PoolUse } from './pools.ts'
import { rangedTargetNumber, type RangedSituation } from './ranged-target.ts'
import { resistDamage, type Resistance } from './resistance.ts'
import { rollTest, type Roll } from './roll.ts'
import { skillDice } from './skill-dice.ts'
import type { CharacterState } from './state.ts'
import { sustainingParts } from './sustaining.ts'
import type { TargetNumber } from './target-number.ts'
import type { RangedWeapon } from './weapon.ts'

export interface RangedAttack {
  attacker: Combatant
  defender: Combatant
  /** A weapon of the attacker's sheet. */
  weapon: RangedWeapon
  situation: RangedSituation
  /** The game master's own table. */
  visibilityTable?: VisibilityTable
}

/** A shot at something that the weapon does not reach. Nothing is rolled or spent. */
export interface UnreachableShot {
  outcome: 'out of range' | 'too near'
}

export interface ResolvedShot {
  /** `disaster`: all dice showed 1. `no damage`: hit, but staged down below Light. */
  outcome: 'disaster' | 'miss' | 'clean miss' | 'no damage' | 'hit'
  band: RangeBand
  targetNumber: TargetNumber
  /** What the attacker's dice consist of: the skill alone, and pool dice. */
  diceParts: Part[]
  attackPool: PoolUse
  attackRoll: Roll
  damage: FiredDamage
  /** Null if the shot missed before the target had to resist; then no pool dice of the target are spent. */
  defencePool: PoolUse | null
  resistance: Resistance | null
  boxes: number
  rounds: number
  /** The states after the attack: ammunition, pools, boxes. */
  attacker: CharacterState
  defender: CharacterState
}

export type RangedAttackResult = UnreachableShot | ResolvedShot

function attackDice(attack: RangedAttack) {
  const { sheet, state, poolDice } = attack.attacker
  const skill = skillDice(sheet, { ...weaponSkills[attack.weapon.weaponClass], specialization: attack.weapon.name })
  const pool = takeFromPool(sheet, state, 'combat', poolDice, { dice: skill.mostPoolDice, reason: 'skill rating' })
  const shooter = {
    strength: attributeOf(sheet, 'strength'),
    vision: sheet.vision,
    skill: skill.dice,
    parts: [...skill.targetParts, ...injuryParts(state), ...sustainingParts(state)],
  }
  const poolParts = pool.used > 0 ? [sheetPart('Combat Pool', pool.used)] : []
  const karma = karmaDice(sheet, pool.state, attack.attacker.karmaDice ?? 0, skill.dice)
  return { pool, after: karma.use.state, shooter, parts: [...skill.parts, ...poolParts, ...karma.parts] }
}

function resist(source: DiceSource, attack: RangedAttack, damage: FiredDamage, successes: number) {
  const { sheet, state, poolDice } = attack.defender
  // Who is unconscious resists with Body alone.
  const asked = conditionOf(sheet, state) === 'able' ? poolDice : 0
  const defencePool = takeFromPool(sheet, state, 'combat', asked)
  const resistance = resistDamage(source, damage, successes, {
    body: attributeOf(sheet, 'body'),
    pool: defencePool.used,
    armour: armourOf(sheet)[attack.weapon.armourAgainst],
  })
  return { defencePool, resistance, defender: withDamage(defencePool.state, damage.kind, resistance.boxes) }
}

/** The target number of an attack that nobody makes, with its parts, or why the weapon does not reach. */
export const aimedTargetNumber = (attack: RangedAttack) =>
  rangedTargetNumber(attack.weapon, attackDice(attack).shooter, attack.situation, attack.visibilityTable)

/**
 * Resolves one attack: target number, dice, roll, damage by fire mode, resistance, boxes. Uses the next one (miss) or
 * three roll numbers of the source. A RuleError if the attacker cannot act, lacks ammunition or the mode, or if the
 * circumstances do not exist; then nothing has been rolled.
 */
export function resolveRangedAttack(source: DiceSource, attack: RangedAttack): RangedAttackResult {
  const { weapon, situation } = attack
  mustBeAble('attacker', attack.attacker)
  const rounds = roundsFired(weapon, situation, attack.attacker.state.ammo[weapon.name] ?? 0)
  const { pool, after, shooter, parts } = attackDice(attack)
  const targetNumber = rangedTargetNumber(weapon, shooter, situation, attack.visibilityTable)
  if (typeof targetNumber === 'string') return { outcome: targetNumber }
  const damage = firedDamage(readDamage(weapon.damage, shooter.strength), situation)
  const dice = sumOf(parts)
  const attackRoll = rollTest(source.next(), dice, targetNumber.value)
  const ammo = { ...after.ammo, [weapon.name]: (after.ammo[weapon.name] ?? 0) - rounds }
  const { band, ...target } = targetNumber
  const common = { band, targetNumber: target, diceParts: parts, attackPool: pool, attackRoll, damage, rounds }
  const attacker = { ...after, ammo }
  if (attackRoll.successes === 0) {
    const outcome = attackRoll.isDisaster ? 'disaster' : 'miss'
    const unhurt = { defencePool: null, resistance: null, boxes: 0, defender: attack.defender.state }
    return { outcome, ...common, attacker, ...unhurt }
  }
  const hurt = resist(source, attack, damage, attackRoll.successes)
  const { isCleanMiss, boxes } = hurt.resistance
  return { outcome: isCleanMiss ? 'clean miss' : boxes > 0 ? 'hit' : 'no damage', ...common, attacker, boxes, ...hurt }
}
