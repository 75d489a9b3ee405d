import { createHash } from 'node:crypto'
import { diceSource, type DiceSource, type RollSeed } from '../dice-source.ts'
import { rollSum, rollTest } from '../roll.ts'

/** A secret for a test: fixed, and different for each text. */
export const aSecret = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Dice of an epoch that starts at its first roll. */
export const aDiceSource = (text = 'test'): DiceSource =>
  diceSource({ epochId: text, secret: aSecret(text), salt: '', nextRoll: 1 })

/** A roll as a worked example expects it: real seeds are searched until one gives it. */
export type ExpectedRoll =
  { dice: number; targetNumber: number; successes: number; isDisaster?: boolean } | { dice: number; sum: number }

function seedOf(expected: ExpectedRoll, source: DiceSource): RollSeed {
  for (let tries = 0; tries < 300_000; tries++) {
    const seed = source.next()
    if ('sum' in expected) {
      if (rollSum(seed, expected.dice).result === expected.sum) return seed
    } else {
      const roll = rollTest(seed, expected.dice, expected.targetNumber)
      if (roll.successes === expected.successes && roll.isDisaster === (expected.isDisaster ?? false)) return seed
    }
  }
  throw new Error(`no seed gives ${JSON.stringify(expected)}`)
}

/**
 * Real dice that come out as a worked example needs them, roll by roll. If the engine rolls other dice or another
 * target number than the example, its results differ from the expected ones; further rolls throw.
 */
export function diceThatGive(...expected: ExpectedRoll[]): DiceSource {
  const source = aDiceSource('worked')
  const seeds = expected.map((roll) => seedOf(roll, source))
  return {
    epoch: source.epoch,
    next() {
      const seed = seeds.shift()
      if (!seed) throw new Error('the engine rolled more often than the example')
      return seed
    },
  }
}
