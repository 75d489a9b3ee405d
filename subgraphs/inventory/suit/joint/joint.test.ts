import { describe, expect, it } from 'vitest'
import { faultsOf } from '../verify.ts'
import { jointOracle } from '../testing/highs.ts'
import { dice, randomCandidates, randomWishes } from '../testing/random.ts'
import { bestSuits } from './joint.ts'
import type { Wearer } from './part.ts'

/** Two or three wearers before the same items; every other time they wish the same. */
function drawn(seed: number): Wearer[] {
  const roll = dice(seed * 31)
  const candidates = randomCandidates(seed, 40 + Math.floor(roll() * 60))
  return Array.from({ length: 2 + (seed % 2) }, (_, k) => ({
    candidates,
    wishes: { ...randomWishes(seed % 4 < 2 ? seed : seed * 7 + k), wearer: `Mule ${k}` },
    weight: [5, 10, 10, 20][Math.floor(roll() * 4)]!,
  }))
}

describe('joint suits', () => {
  it(
    '[SUI14] are worth together what an independent solver finds, and wear no item twice',
    { timeout: 180_000 },
    async () => {
      let possible = 0
      for (let seed = 1; seed <= 16; seed++) {
        const wearers = drawn(seed)
        const { status, suits, total, bound } = bestSuits(wearers)
        expect({ seed, total }).toEqual({ seed, total: await jointOracle(wearers) })
        expect(status).toBe(suits ? 'OPTIMAL' : 'INFEASIBLE')
        expect(bound).toBe(total)
        if (!suits) continue
        possible++
        suits.forEach(({ pieces }, k) => expect(faultsOf(pieces, wearers[k]!.wishes)).toEqual([]))
        const worn = suits.flatMap(({ pieces }) => pieces.map(({ candidate }) => candidate.id))
        expect(new Set(worn).size).toBe(worn.length)
      }
      expect(possible).toBeGreaterThan(6)
    },
  )
})
