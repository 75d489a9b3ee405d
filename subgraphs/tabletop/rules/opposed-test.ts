// Tests of two sides, and successes that save time (core p. 68).
import type { DiceSource } from './dice-source.ts'
import { rollTest, type Roll } from './roll.ts'
import { RuleError, wholeNumber } from './rule-error.ts'

export interface Side {
  dice: number
  targetNumber: number
}

export interface OpposedTest {
  first: Roll
  second: Roll
  winner: 'first' | 'second' | 'tie'
  /** Successes of the winner that the other side lacks; 0 for a tie. */
  netSuccesses: number
}

/** Both sides roll against their own target number; more successes win. */
export function opposedTest(source: DiceSource, sides: { first: Side; second: Side }): OpposedTest {
  const first = rollTest(source.next(), sides.first.dice, sides.first.targetNumber)
  const second = rollTest(source.next(), sides.second.dice, sides.second.targetNumber)
  const net = first.successes - second.successes
  return { first, second, winner: net > 0 ? 'first' : net < 0 ? 'second' : 'tie', netSuccesses: Math.abs(net) }
}

/**
 * Time divided by successes, rounded to the nearest whole unit (a half up), at least 1. The unit is the caller's. A
 * RuleError without a success: such a test took the whole time and failed.
 */
export function stagedTime(baseTime: number, successes: number): number {
  wholeNumber('baseTime', baseTime, 1, 1_000_000_000)
  if (successes === 0) throw new RuleError('successes', 'a failed test has no time to divide')
  wholeNumber('successes', successes, 1, 1_000)
  return Math.max(1, Math.floor((2 * baseTime + successes) / (2 * successes)))
}
