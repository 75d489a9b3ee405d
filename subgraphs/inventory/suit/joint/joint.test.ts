import { describe, expect, it } from 'vitest'
import { faultsOf } from '../verify.ts'
import { jointOracle } from '../testing/highs.ts'
import { dice, randomCandidates, randomWishes } from '../testing/random.ts'
import { bestSuits } from './joint.ts'
import type { Wearer } from './part.ts'

/** Two wearers before the same items; every other time they wish the same. */
function drawn(seed: number): Wearer[] {
  const roll = dice(seed * 31)
  const candidates = randomCandidates(seed, 120 + Math.floor(roll() * 60))
  return Array.from({ length: 2 }, (_, k) => ({
    candidates,
    wishes: { ...randomWishes(seed % 2 ? seed : seed * 7 + k), wearer: `Mule ${k}` },
    weight: [5, 10, 10, 20][Math.floor(roll() * 4)]!,
  }))
}
/** Not by the clock: the same on every machine. */
const after = (looks: number) => () => --looks < 0

describe('joint suits', () => {
  it(
    '[SUI14] are worth together what an independent solver finds, or report a bound, and share no item',
    { timeout: 240_000 },
    async () => {
      let possible = 0
      let proved = 0
      for (let seed = 1; seed <= 14; seed++) {
        const wearers = drawn(seed)
        const { status, suits, total, bound } = bestSuits(wearers, { isOver: after(40_000) })
        const expected = await jointOracle(wearers)
        if (status === 'INFEASIBLE') expect({ seed, expected }).toEqual({ seed, expected: null })
        if (status === 'OPTIMAL') {
          proved++
          expect({ seed, total, bound }).toEqual({ seed, total: expected, bound: expected })
        }
        if (expected !== null) expect(bound).toBeGreaterThanOrEqual(expected)
        if (!suits) continue
        possible++
        expect(total).toBeLessThanOrEqual(expected!)
        suits.forEach(({ pieces }, k) => expect(faultsOf(pieces, wearers[k]!.wishes)).toEqual([]))
        const worn = suits.flatMap(({ pieces }) => pieces.map(({ candidate }) => candidate.id))
        expect(new Set(worn).size).toBe(worn.length)
      }
      expect(possible).toBeGreaterThan(6)
      expect(proved).toBeGreaterThan(possible / 2)
    },
  )
})
