import { z } from 'zod'
import type { CharacterRow } from '../character/store.ts'
import { earlierShots, recordShot } from '../rules/actions.ts'
import { committedOf, withoutCommitted } from '../rules/commit.ts'
import { limits } from '../rules/limits.ts'
import { aimedTargetNumber, resolveRangedAttack, type RangedAttack, type ResolvedShot } from '../rules/ranged-attack.ts'
import { RuleError } from '../rules/rule-error.ts'
import { roundsFired } from '../rules/fire.ts'
import { fireModes, type RangedWeapon } from '../rules/weapon.ts'
import type { Rolled } from '../roll/store.ts'
import { poolDice, shotCircumstances, situationOf } from './circumstances.ts'
import { computeFor, cutOf, listOf, partsOf, resistanceOf, resistanceRolls } from './hidden-figures.ts'
import { actingCharacter, atItsAction, characterOf, defencePoolOf, defineTool, isHidden, type Outcome } from './tool.ts'
import { orderWith, outOfTurn } from './turn-order.ts'

/** Metres of a shot whose distance nobody named. */
const NEAR_METRES = 10

const name = z.string().max(80)

export const rangedAttackTool = defineTool({
  name: 'calculate_ranged_attack',
  title: 'Ranged attack',
  description:
    'Resolves one ranged attack completely: target number with every part, the roll, resistance, damage. It spends ' +
    'ammunition and pool dice and stores the wounds. Call it once for each attack.',
  input: z.strictObject({
    attacker: name.optional().describe('Left out: the acting character'),
    target: name,
    weapon: name.optional().describe('Left out: the first ranged weapon of the attacker'),
    metres: z.number().int().min(0).max(limits.metres).default(NEAR_METRES),
    mode: z.enum(fireModes).optional().describe('Left out: the first mode of the weapon'),
    rounds: z.number().int().min(1).max(10).optional().describe('Only for FA'),
    combat_pool: poolDice.optional().describe('Dice of the Combat Pool of the attacker. Left out: those it committed'),
    defence_pool: poolDice.optional().describe('The same for the resistance of the target'),
    ...shotCircumstances,
    out_of_turn: outOfTurn,
    only_target_number: z.boolean().default(false).describe('Nobody shoots: gives the target number and its parts'),
  }),
  run(input, table) {
    const attacker = actingCharacter(table, input.attacker, 'attacker')
    const target = characterOf(table, input.target, 'target')
    if (target.id === attacker.id) throw new RuleError('target', 'is the attacker')
    const weapon = weaponOf(attacker, input.weapon)
    const mode = input.mode ?? weapon.modes[0]!
    const state = atItsAction(table, attacker)
    const { sheet } = attacker
    const attack: RangedAttack = {
      attacker: {
        sheet,
        state,
        poolDice: input.combat_pool ?? committedOf(sheet, state, 'combat'),
        karmaDice: committedOf(sheet, state, 'karma'),
      },
      defender: {
        sheet: target.sheet,
        state: target.state,
        poolDice: defencePoolOf(table, target, input.defence_pool),
      },
      weapon,
      visibilityTable: table.visibility,
      situation: {
        metres: input.metres,
        mode,
        ...(input.rounds !== undefined && { rounds: input.rounds }),
        ...(!input.out_of_turn &&
          earlierShots(table.initiative, attacker.name, { weapon: weapon.name, target: target.name })),
        ...situationOf(input),
      },
    }
    const who = { attacker: attacker.name, target: target.name, weapon: weapon.name, metres: input.metres }
    if (input.only_target_number) return { result: { ...who, ...aimOf(attack, attacker) } }
    const order = orderWith(table, attacker, mode, input.out_of_turn)
    const shot = computeFor(attacker, () => resolveRangedAttack(table.dice, attack))
    if (!('attackRoll' in shot)) return { result: { ...who, outcome: shot.outcome } }
    if (!order) return outcomeOf(shot, who, attacker, target)
    const rounds = roundsFired(weapon, attack.situation, Infinity)
    const initiative = recordShot(order, attacker.name, { weapon: weapon.name, target: target.name, rounds })
    return { ...outcomeOf(shot, who, attacker, target), initiative }
  },
})

/** The target number of a shot that is only considered. */
function aimOf(attack: RangedAttack, attacker: CharacterRow) {
  const aimed = aimedTargetNumber(attack)
  if (typeof aimed === 'string') return { outcome: aimed }
  const parts = partsOf(attacker, { tn_parts: aimed.parts })
  return { outcome: 'considered', range: aimed.band, final_tn: aimed.value, ...parts }
}

function weaponOf(one: CharacterRow, wanted: string | undefined): RangedWeapon {
  const ranged = one.sheet.weapons.filter((weapon) => weapon.kind === 'ranged')
  const found = wanted === undefined ? ranged[0] : ranged.find(({ name }) => isSame(name, wanted))
  if (found) return found
  const known = ranged.map(({ name }) => name)
  throw new RuleError('weapon', `${one.name} has no such ranged weapon${listOf(one, 'there', known)}`)
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.trim().toLowerCase()

interface Who {
  attacker: string
  target: string
  weapon: string
  metres: number
}

function outcomeOf(shot: ResolvedShot, who: Who, attacker: CharacterRow, target: CharacterRow): Outcome {
  const { attackRoll, resistance, targetNumber } = shot
  const rolls: Rolled[] = [
    {
      purpose: `${who.attacker} shoots at ${who.target} with ${who.weapon}`,
      roll: attackRoll,
      parts: targetNumber.parts,
      isHidden: isHidden(attacker),
    },
    ...(resistance ? resistanceRolls(target, resistance) : []),
  ]
  const after = { physical: shot.defender.physical, stun: shot.defender.stun }
  return {
    result: {
      ...who,
      outcome: shot.outcome,
      range: shot.band,
      final_tn: targetNumber.value,
      dice: attackRoll.dice,
      ...partsOf(attacker, {
        tn_parts: targetNumber.parts,
        dice_parts: shot.diceParts,
        combat_pool: shot.attackPool.used,
      }),
      combat_pool_cut: cutOf(attacker, shot.attackPool),
      faces: attackRoll.faces,
      successes: attackRoll.successes,
      damage: { power: shot.damage.power, level: shot.damage.level, kind: shot.damage.kind },
      resistance: resistance && {
        target_number: resistance.targetNumber.value,
        ...resistanceOf(target, resistance),
        net_successes: resistance.netSuccesses,
        level: resistance.level,
      },
      boxes: shot.boxes,
      ...(!isHidden(attacker) && { rounds_left: shot.attacker.ammo[who.weapon] }),
      target_after: after,
      roll_ids: rolls.map(({ roll }) => roll.rollId),
    },
    rolls,
    changed: [
      { ...attacker, state: withoutCommitted(shot.attacker, 'combat', 'karma') },
      { ...target, state: resistance ? withoutCommitted(shot.defender, 'combat') : shot.defender },
    ],
  }
}
