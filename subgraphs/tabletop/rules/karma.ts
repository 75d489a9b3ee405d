// Uses of the Karma Pool (core p. 190). Which uses cost how much is not confirmed.
import type { DiceSource } from './dice-source.ts'
import { takeFromPool, type PoolUse } from './pools.ts'
import { rollTest, type Roll } from './roll.ts'
import { RuleError } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'

export interface KarmaReroll {
  pool: PoolUse
  /** The dice that failed, rolled again as a roll of its own. */
  roll: Roll
  /** Successes of both rolls. */
  successes: number
}

/**
 * Rolls the failed dice of a success test again for Karma: one for the first time, one more each further time. The
 * first roll stays as it was. A RuleError for a disaster, for too little Karma, or if no die failed.
 */
export function rerollFailures(
  source: DiceSource,
  { sheet, state }: { sheet: Sheet; state: CharacterState },
  before: { roll: Roll; successes: number; rerolls: number },
): KarmaReroll {
  const { roll, successes, rerolls } = before
  if (roll.kind !== 'success' || roll.targetNumber === null) throw new RuleError('roll', 'is not a success test')
  if (roll.isDisaster) throw new RuleError('roll', 'is a disaster, which Karma does not roll again')
  const failed = roll.dice - roll.successes
  if (failed === 0) throw new RuleError('roll', 'has no failed dice')
  const pool = takeFromPool(sheet, state, 'karma', rerolls + 1)
  if (pool.reason !== null) throw new RuleError('karma', `${rerolls + 1} needed, ${pool.reason}`)
  const again = rollTest(source.next(), failed, roll.targetNumber)
  return { pool, roll: again, successes: successes + again.successes }
}
