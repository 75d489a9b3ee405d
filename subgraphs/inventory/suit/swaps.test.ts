import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../shared/world/dereth/item-slots.ts'
import type { Candidate } from './candidate.ts'
import { isUsable } from './worth.ts'
import { capacityOf, SUIT_PLACES, waysToWear } from './places.ts'
import { asWorn, bestSwaps } from './swaps.ts'
import { randomCandidates, randomWishes } from './testing/random.ts'
import { scoreOf, type Piece } from './verify.ts'
import type { Wishes } from './wishes.ts'

/** Somebody who wears as much as there is room for: every place of a suit has something, most of them. */
const dressed = (seed: number): Candidate[] =>
  randomCandidates(seed, 120).map((one, n) => (n % 2 ? { ...one, owner: 'Mule 1', equipped: true } : one))

/** What each candidate would gain over what is worn, tried by wearing it in every way; the most first. */
function gainsOf(candidates: readonly Candidate[], worn: readonly Piece[], wishes: Wishes): number[] {
  const before = scoreOf(worn, wishes).total
  const gainOf = (candidate: Candidate): number => {
    let best = 0
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      if (way.tailored && wishes.maxTailored === 0) continue
      const there = worn.filter(({ places }) => places.some((place) => way.places.includes(place)))
      const options = capacityOf(way.places[0]!) === 2 ? (there.length < 2 ? [[]] : there.map((one) => [one])) : [there]
      for (const off of options) {
        if (off.some((one) => wishes.locked.some(({ item }) => item === one.candidate.id))) continue
        const after = scoreOf([...worn.filter((one) => !off.includes(one)), { candidate, ...way }], wishes).total
        best = Math.max(best, Math.round((after - before) * 100) / 100)
      }
    }
    return best
  }
  return candidates
    .filter((one) => isUsable(one, wishes) && !worn.some(({ candidate }) => candidate === one))
    .map(gainOf)
    .filter((gain) => gain > 0)
    .sort((a, b) => b - a)
}

describe('swaps', () => {
  it('[SUI12] are the single pieces that gain most over what is worn, found as by trying each', () => {
    for (let seed = 400; seed < 412; seed++) {
      const candidates = randomCandidates(seed, 120)
      const wishes = randomWishes(seed)
      const worn = asWorn(candidates, 'Mule 1')
      for (const place of SUIT_PLACES)
        expect(worn.filter(({ places }) => places.includes(place)).length).toBeLessThanOrEqual(capacityOf(place))
      expect(bestSwaps(candidates, worn, wishes, 10).map(({ gain }) => gain)).toEqual(
        gainsOf(candidates, worn, wishes).slice(0, 10),
      )
    }
  })
  it('[SUI12] over a full suit name what comes off, leave locked and excluded pieces, and gain what they say', () => {
    for (let seed = 420; seed < 440; seed++) {
      const candidates = dressed(seed)
      const worn = asWorn(candidates, 'Mule 1')
      const wishes: Wishes = {
        ...randomWishes(seed),
        locked: worn.filter((_, n) => n % 5 === 0).map(({ candidate }) => ({ item: candidate.id, places: null })),
        excluded: candidates.filter((_, n) => n % 7 === 0).map(({ id }) => id),
        maxTailored: seed % 3 ? null : 0,
      }
      const swaps = bestSwaps(candidates, worn, wishes, 10)
      expect(swaps.map(({ gain }) => gain)).toEqual(gainsOf(candidates, worn, wishes).slice(0, 10))
      for (const { on, off, gain } of swaps) {
        const after = [...worn.filter((one) => !off.includes(one)), on]
        const difference = scoreOf(after, wishes).total - scoreOf(worn, wishes).total
        expect(Math.round(difference * 100) / 100).toBe(gain)
        for (const place of SUIT_PLACES)
          expect(after.filter(({ places }) => places.includes(place)).length).toBeLessThanOrEqual(capacityOf(place))
        for (const { candidate } of off) expect(wishes.locked.some(({ item }) => item === candidate.id)).toBe(false)
        expect(wishes.excluded).not.toContain(on.candidate.id)
      }
    }
  })

  it('take off the lesser of two rings, none beside a single ring, and nothing that is better', () => {
    const ring = (id: string, armor: number, equipped: boolean): Candidate => ({
      ...aCandidate(id, 'LEFT_FINGER'),
      ratings: { DAMAGE: armor },
      owner: equipped ? 'Larsson' : 'Mule',
      equipped,
    })
    const swapsOf = (...candidates: Candidate[]) =>
      bestSwaps(candidates, asWorn(candidates, 'Larsson'), plainWishes, 10).map(({ on, off, gain }) => ({
        on: on.candidate.id,
        off: off.map(({ candidate }) => candidate.id),
        gain,
      }))
    expect(swapsOf(ring('good', 3, true), ring('poor', 1, true), ring('fair', 2, false))).toEqual([
      { on: 'fair', off: ['poor'], gain: 1 },
    ])
    expect(swapsOf(ring('good', 3, true), ring('fair', 2, false))).toEqual([{ on: 'fair', off: [], gain: 2 }])
    expect(swapsOf(ring('good', 3, true), ring('fair', 2, true), ring('poor', 1, false))).toEqual([])
  })

  it('are the best of many, in the order of their gain and of their ids where it is the same', () => {
    const helms = Array.from({ length: 200 }, (_, n) => ({
      ...aCandidate(`helm ${String(n).padStart(3, '0')}`, 'HEAD'),
      ratings: { DAMAGE: 1 + (n % 4) },
    }))
    const best = helms.filter(({ ratings }) => ratings.DAMAGE === 4).map(({ id }) => id)
    const swaps = bestSwaps([...helms].reverse(), [], plainWishes, 5)
    expect(swaps.map(({ on, gain }) => [on.candidate.id, gain])).toEqual(best.slice(0, 5).map((id) => [id, 4]))
  })
})

const aCandidate = (id: string, slot: ItemSlot): Candidate => ({
  id,
  name: id,
  owner: 'Mule',
  equipped: false,
  slots: maskOf([slot]),
  loot: false,
  armorLevel: 0,
  setId: null,
  cantrips: [],
  ratings: {},
  wieldLevel: 0,
})
const plainWishes: Wishes = {
  ...randomWishes(1),
  wearer: null,
  sets: [],
  spells: [],
  weights: {
    armor: 0,
    ratings: [{ rating: 'DAMAGE', points: [0], beyond: 1, onClothes: false }],
    tiers: { MINOR: 0, MAJOR: 0, EPIC: 0, LEGENDARY: 0 },
    piece: 0,
    move: 0,
    tailoring: 0,
  },
  level: null,
  onlyUnequipped: false,
  maxTailored: null,
  critDamage: null,
}
