import { z } from 'zod'
import type { CharacterRow } from '../character/store.ts'
import type { Rolled } from '../roll/store.ts'
import { committedOf, withoutCommitted } from '../rules/commit.ts'
import { refreshPools } from '../rules/pools.ts'
import { resolveMelee, type MeleeResult } from '../rules/melee.ts'
import { RuleError } from '../rules/rule-error.ts'
import type { MeleeWeapon } from '../rules/weapon.ts'
import { modifiers, poolDice } from './circumstances.ts'
import { cutOf, listOf, partsOf, resistanceOf, resistanceRolls } from './hidden-figures.ts'
import {
  actingCharacter,
  atItsAction,
  characterOf,
  defencePoolOf,
  defineTool,
  isHidden,
  mayDefendFor,
  type Outcome,
} from './tool.ts'
import { orderWith, outOfTurn } from './turn-order.ts'

const name = z.string().max(80)
/** What names no weapon. */
const UNARMED = 'unarmed'
const weapon = name.optional()

export const meleeTool = defineTool({
  name: 'melee_attack',
  title: 'Melee',
  description:
    'Resolves one exchange of blows completely: both sides roll, who has more successes does damage, and the other ' +
    'resists. It spends pool dice and stores the wounds, of either side. Call it once for each exchange.',
  input: z.strictObject({
    attacker: name.optional().describe('Left out: the acting character'),
    target: name,
    weapon: weapon.describe(`Left out: the first melee weapon of the attacker; \`${UNARMED}\` for bare hands`),
    target_weapon: weapon.describe('The same for the target; of characters of others their first one'),
    combat_pool: poolDice.optional().describe('Dice of the Combat Pool of the attacker. Left out: those it committed'),
    defence_pool: poolDice.optional().describe('The same for the blows of the target'),
    resistance_pool: poolDice
      .default(0)
      .describe('Further dice of the Combat Pool with which the attacker resists, should it lose the exchange'),
    target_resistance_pool: poolDice.default(0).describe('The same for the target; of characters of others none'),
    out_of_turn: outOfTurn,
    modifiers: modifiers.optional().describe('Decisions of the game master about the target number of the attacker'),
    target_modifiers: modifiers.optional().describe('The same about the target'),
  }),
  run(input, table) {
    const attacker = actingCharacter(table, input.attacker, 'attacker')
    const target = characterOf(table, input.target, 'target')
    if (target.id === attacker.id) throw new RuleError('target', 'is the attacker')
    const order = orderWith(table, attacker, 'melee', input.out_of_turn)
    const decides = mayDefendFor(table, target)
    const defending = decides ? input.target_weapon : undefined
    const weapons = [weaponOf(attacker, input.weapon), weaponOf(target, defending)] as const
    const state = atItsAction(table, attacker)
    // Outside a fight nobody has an action that comes before this exchange.
    const opposed = table.initiative ? target.state : refreshPools(target.state)
    const result = resolveMelee(table.dice, {
      attacker: {
        ...{ sheet: attacker.sheet, state, weapon: weapons[0], gameMaster: input.modifiers ?? [] },
        poolDice: input.combat_pool ?? committedOf(attacker.sheet, state, 'combat'),
        karmaDice: committedOf(attacker.sheet, state, 'karma'),
        resistancePoolDice: input.resistance_pool,
      },
      defender: {
        ...{ sheet: target.sheet, state: opposed, weapon: weapons[1], gameMaster: input.target_modifiers ?? [] },
        poolDice: defencePoolOf(table, { ...target, state: opposed }, input.defence_pool),
        karmaDice: committedOf(target.sheet, opposed, 'karma'),
        resistancePoolDice: decides ? input.target_resistance_pool : 0,
      },
    })
    return { ...outcomeOf(result, attacker, target, weapons), ...(order && { initiative: order }) }
  },
})

/** A melee weapon of a character; null for bare hands, which it has without any. */
function weaponOf(one: CharacterRow, wanted: string | undefined): MeleeWeapon | null {
  const own = one.sheet.weapons.filter((weapon) => weapon.kind === 'melee')
  if (wanted === undefined) return own[0] ?? null
  const searched = wanted.trim().toLowerCase()
  const found = own.find(({ name }) => name.toLowerCase() === searched)
  if (found) return found
  if (searched === UNARMED) return null
  const known = [...own.map(({ name }) => name), UNARMED]
  throw new RuleError('weapon', `${one.name} has no such melee weapon${listOf(one, 'there', known)}`)
}

type Weapons = readonly [MeleeWeapon | null, MeleeWeapon | null]

function rollsOf(result: MeleeResult, one: CharacterRow, other: CharacterRow): Rolled[] {
  const { attacker, defender, resistance, winner } = result
  const rollOf = (purpose: string, by: CharacterRow, { roll, targetNumber }: MeleeResult['attacker']): Rolled => ({
    ...{ purpose, roll, parts: targetNumber.parts, isHidden: isHidden(by) },
  })
  return [
    rollOf(`${one.name} attacks ${other.name}`, one, attacker),
    rollOf(`${other.name} fights back`, other, defender),
    ...(resistance ? resistanceRolls(winner === 'attacker' ? other : one, resistance) : []),
  ]
}

const sideOf = (
  one: CharacterRow,
  { targetNumber, diceParts, roll, pool }: MeleeResult['attacker'],
  weapon: MeleeWeapon | null,
) => ({
  ...{ weapon: weapon?.name ?? UNARMED, final_tn: targetNumber.value, dice: roll.dice },
  ...partsOf(one, { tn_parts: targetNumber.parts, dice_parts: diceParts, combat_pool: pool.used }),
  combat_pool_cut: cutOf(one, pool),
  ...{ faces: roll.faces, successes: roll.successes },
})

function outcomeOf(result: MeleeResult, attacker: CharacterRow, target: CharacterRow, weapons: Weapons): Outcome {
  const { winner, resistance, states } = result
  const rolls = rollsOf(result, attacker, target)
  const isFought = result.attacker.roll.successes + result.defender.roll.successes > 0
  const [best, loser] = winner === 'attacker' ? [attacker, target] : [target, attacker]
  const after = winner === 'attacker' ? states.defender : states.attacker
  return {
    result: {
      ...{ attacker: attacker.name, target: target.name, outcome: isFought ? 'blow' : 'nobody hits' },
      winner: isFought ? best.name : null,
      loser: isFought ? loser.name : null,
      net_successes: result.netSuccesses,
      ...{
        attack: sideOf(attacker, result.attacker, weapons[0]),
        defence: sideOf(target, result.defender, weapons[1]),
      },
      staged_level: result.stagedLevel,
      resistance: resistance && {
        target_number: resistance.targetNumber.value,
        ...resistanceOf(loser, resistance),
      },
      ...{ level: result.level, boxes: result.boxes },
      loser_after: { physical: after.physical, stun: after.stun },
      roll_ids: rolls.map(({ roll }) => roll.rollId),
    },
    rolls,
    changed: [
      { ...attacker, state: withoutCommitted(states.attacker, 'combat', 'karma') },
      { ...target, state: withoutCommitted(states.defender, 'combat', 'karma') },
    ],
  }
}
