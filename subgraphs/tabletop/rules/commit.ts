// Dice of a pool that a player sets aside for the next test of a character. They are spent when they are rolled.
import type { Part } from './breakdown.ts'
import { mustBeAble } from './combatant.ts'
import { poolSizes, poolsLeft, takeFromPool, type PoolUse } from './pools.ts'
import { RuleError, wholeNumber } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import { poolNames, type CharacterState, type PoolName } from './state.ts'
import { limits } from './limits.ts'

/** A pool as it is now. */
export interface PoolState {
  pool: PoolName
  /** When it is full. */
  size: number
  left: number
  /** Of those left: set aside for the next test. */
  committed: number
}

/** Every pool of a character that has dice at all. */
export function poolStates(sheet: Sheet, state: CharacterState): PoolState[] {
  const sizes = poolSizes(sheet)
  const left = poolsLeft(sheet, state)
  return poolNames
    .filter((pool) => sizes[pool] > 0)
    .map((pool) => ({ pool, size: sizes[pool], left: left[pool], committed: committedOf(sheet, state, pool) }))
}

/** What is set aside of a pool, as far as it is still there. */
export const committedOf = (sheet: Sheet, state: CharacterState, pool: PoolName): number =>
  Math.min(state.committed[pool], poolsLeft(sheet, state)[pool])

/**
 * Sets dice of a pool aside; 0 takes them back. A RuleError if the character cannot act, has no such pool, or fewer
 * dice left; and for more dice of the Magic Pool than the Magic attribute, which a spell test cannot use.
 */
export function commitPool(sheet: Sheet, state: CharacterState, pool: PoolName, dice: number): CharacterState {
  const field = `${pool} pool`
  wholeNumber(field, dice, 0, limits.dice)
  if (dice > 0) {
    mustBeAble('character', { sheet, state })
    const size = poolSizes(sheet)[pool]
    if (size === 0) throw new RuleError(field, `${sheet.name} has none`)
    const left = poolsLeft(sheet, state)[pool]
    if (dice > left) throw new RuleError(field, `${left} of ${size} dice are left`)
    if (pool === 'magic' && dice > sheet.magic)
      throw new RuleError(field, `a spell test uses at most the Magic attribute (${sheet.magic})`)
  }
  return { ...state, committed: { ...state.committed, [pool]: dice } }
}

/** The state once dice that were set aside were rolled. */
export const withoutCommitted = (state: CharacterState, ...pools: PoolName[]): CharacterState => ({
  ...state,
  committed: { ...state.committed, ...Object.fromEntries(pools.map((pool) => [pool, 0])) },
})

/** Dice of the Karma Pool as dice of a test: at most as many as the test has without pools. Not confirmed. */
export function karmaDice(
  sheet: Sheet,
  state: CharacterState,
  asked: number,
  base: number,
): { use: PoolUse; parts: Part[] } {
  const use = takeFromPool(sheet, state, 'karma', asked, { dice: base, reason: 'dice of the test' })
  const part: Part = { name: 'Karma Pool', value: use.used, source: 'sheet', certainty: 'unconfirmed' }
  return { use, parts: use.used > 0 ? [part] : [] }
}
