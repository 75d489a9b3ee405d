import { z } from 'zod'
import type { CharacterRow } from '../character/store.ts'
import { sheetPart, type Part } from '../rules/breakdown.ts'
import { committedOf, karmaDice, withoutCommitted } from '../rules/commit.ts'
import { limits } from '../rules/limits.ts'
import { takeFromPool } from '../rules/pools.ts'
import { rollOpen, rollTest, type Roll } from '../rules/roll.ts'
import { RuleError } from '../rules/rule-error.ts'
import type { PoolName } from '../rules/state.ts'
import { actingCharacter, atItsAction, defineTool, isHidden, type Table } from './tool.ts'

/** Pools of tests that no other tool makes. Spells and drain alone use the Magic Pool. */
const POOLS: readonly PoolName[] = ['combat', 'hacking', 'control']

const targetNumber = z.number().int().min(-limits.targetNumber).max(limits.targetNumber)

export const rollTool = defineTool({
  name: 'roll_dice',
  title: 'Roll dice',
  description:
    'Rolls six-sided dice against a target number, or without one for an open test. The only way to roll dice: never ' +
    'state a roll that no tool gave. Pool dice that the character committed are added to the dice and spent.',
  input: z.strictObject({
    dice: z.number().int().min(0).max(limits.dice).describe('Number of dice, without pools'),
    target_number: targetNumber.optional(),
    purpose: z.string().max(120).optional().describe('What the roll is for, in a few words'),
    character: z.string().max(80).optional().describe('Left out: the acting character'),
    opposed: z
      .strictObject({
        dice: z.number().int().min(0).max(limits.dice),
        target_number: targetNumber,
        name: z.string().max(80).optional(),
      })
      .optional()
      .describe('The other side of an opposed test: more successes win. Only with a target number'),
  }),
  run({ dice: base, target_number: target, purpose, character, opposed }, table) {
    if (opposed && target === undefined) throw new RuleError('opposed', 'an opposed test has a target number')
    const who = character === undefined && !table.actor ? null : actingCharacter(table, character, 'character')
    const added = committedDice(table, who, base)
    const dice = Math.min(limits.dice, base + added.dice)
    const seed = table.dice.next()
    const roll = target === undefined ? rollOpen(seed, dice) : rollTest(seed, dice, target)
    const other = opposed ? rollTest(table.dice.next(), opposed.dice, opposed.target_number) : null
    const hides = who !== null && isHidden(who)
    const pools = hides ? '' : added.parts.map(({ name, value }) => `, ${value} of the ${name.toLowerCase()}`).join('')
    const what = `${purpose ?? (target === undefined ? 'open test' : 'test')}${pools}`
    return {
      result: {
        roll_id: roll.rollId,
        dice: roll.dice,
        ...(!hides && { dice_parts: [{ ...sheetPart('dice', base), source: 'game master' }, ...added.parts] }),
        target_number: roll.targetNumber,
        faces: roll.faces,
        totals: roll.totals,
        successes: roll.targetNumber === null ? null : roll.successes,
        best: roll.result,
        disaster: roll.isDisaster,
        commitment: roll.commitment,
        ...(other && { opposed: oppositionOf(roll, other) }),
      },
      rolls: [
        { purpose: what, roll, parts: [], ...(who && { characterId: who.id }) },
        ...(other ? [{ purpose: `${opposed?.name ?? 'the other side'} opposes`, roll: other, parts: [] }] : []),
      ],
      changed: added.changed,
    }
  },
})

/** The other side of an opposed test, and who has more successes. */
function oppositionOf(first: Roll, second: Roll) {
  const net = first.successes - second.successes
  return {
    ...{ roll_id: second.rollId, dice: second.dice, target_number: second.targetNumber, faces: second.faces },
    ...{ successes: second.successes, net_successes: Math.abs(net) },
    winner: net > 0 ? 'first' : net < 0 ? 'opposed' : 'tie',
  }
}

/** Dice that the character of a test set aside for it: of each pool at most as many as the test has. */
function committedDice(table: Table, one: CharacterRow | null, base: number) {
  const nothing = { dice: 0, parts: [] as Part[], changed: [] as CharacterRow[] }
  if (!one) return nothing
  const { sheet } = one
  if (![...POOLS, 'karma' as const].some((pool) => committedOf(sheet, one.state, pool) > 0)) return nothing
  let state = atItsAction(table, one)
  const parts: Part[] = []
  for (const pool of POOLS) {
    const limit = { dice: base, reason: 'dice of the test' }
    const use = takeFromPool(sheet, state, pool, committedOf(sheet, state, pool), limit)
    state = use.state
    if (use.used > 0) parts.push(sheetPart(`${pool} pool`, use.used))
  }
  const karma = karmaDice(sheet, state, committedOf(sheet, state, 'karma'), base)
  parts.push(...karma.parts)
  const after = withoutCommitted(karma.use.state, ...POOLS, 'karma')
  return { dice: parts.reduce((sum, { value }) => sum + value, 0), parts, changed: [{ ...one, state: after }] }
}
