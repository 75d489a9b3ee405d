import { describe, expect, it } from 'vitest'
import { isUsable } from './worth.ts'
import { capacityOf, SUIT_PLACES, waysToWear } from './places.ts'
import { asWorn, bestSwaps } from './swaps.ts'
import { randomCandidates, randomWishes } from './testing/random.ts'
import { scoreOf } from './verify.ts'

describe('swaps', () => {
  it('[SUI12] are the single pieces that gain most over what is worn, found as by trying each', () => {
    for (let seed = 400; seed < 412; seed++) {
      const candidates = randomCandidates(seed, 120)
      const wishes = randomWishes(seed)
      const worn = asWorn(candidates, 'Mule 1')
      const before = scoreOf(worn, wishes).total
      for (const place of SUIT_PLACES)
        expect(worn.filter(({ places }) => places.includes(place)).length).toBeLessThanOrEqual(capacityOf(place))
      const gains = candidates
        .filter((one) => isUsable(one, wishes) && !worn.some(({ candidate }) => candidate === one))
        .map((candidate) => {
          let best = 0
          for (const way of waysToWear(candidate.slots, candidate.loot)) {
            if (way.tailored && wishes.maxTailored === 0) continue
            const there = worn.filter(({ places }) => places.some((place) => way.places.includes(place)))
            const options =
              capacityOf(way.places[0]!) === 2 ? (there.length < 2 ? [[]] : there.map((one) => [one])) : [there]
            for (const off of options) {
              const after = scoreOf([...worn.filter((one) => !off.includes(one)), { candidate, ...way }], wishes).total
              best = Math.max(best, Math.round((after - before) * 100) / 100)
            }
          }
          return best
        })
        .filter((gain) => gain > 0)
        .sort((a, b) => b - a)
      expect(bestSwaps(candidates, worn, wishes, 10).map(({ gain }) => gain)).toEqual(gains.slice(0, 10))
    }
  })
})
