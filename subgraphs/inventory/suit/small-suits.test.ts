// The solver against the plainest way to the same: all suits that there are, one by one.
import { describe, expect, it } from 'vitest'
import type { Candidate } from './candidate.ts'
import { waysToWear, type SuitPlace } from './places.ts'
import { bestSuit } from './suit.ts'
import { mostPoints } from './testing/all-suits.ts'
import { dice, randomCandidates, randomWishes } from './testing/random.ts'
import type { Wishes } from './wishes.ts'

/** Items that mostly cover the same few places, so that it matters which is chosen. */
const crowded = (seed: number, count: number) =>
  randomCandidates(seed, 400)
    .filter(({ slots }) => waysToWear(slots, true).some(({ places }) => places.some((place) => CROWDED.has(place))))
    .slice(0, count)
const CROWDED: ReadonlySet<SuitPlace> = new Set(['CHEST', 'ABDOMEN', 'UPPER_ARMS', 'SHIRT', 'FINGER'])

/** Demands that few items can meet. */
function eased(seed: number): Wishes {
  const wishes = randomWishes(seed)
  return {
    ...wishes,
    sets: wishes.sets.map((set, n) => ({ ...set, pieces: Math.min(set.pieces, (seed + n) % 3) })),
    spells: wishes.spells.map((spell, n) => ({ ...spell, required: n === 0 && seed % 4 === 0 })),
    floors: seed % 5 === 0 ? { CHEST: 50 } : {},
  }
}

function limited(seed: number, candidates: readonly Candidate[]): Wishes {
  const roll = dice(seed * 17)
  const any = () => candidates[Math.floor(roll() * candidates.length)]!.id
  return {
    ...eased(seed),
    locked: roll() < 0.5 ? [{ item: any(), places: null }] : [],
    excluded: roll() < 0.5 ? [any()] : [],
    maxOwners: roll() < 0.4 ? 1 + Math.floor(roll() * 3) : null,
    maxTailored: roll() < 0.4 ? Math.floor(roll() * 2) : null,
  }
}

describe('of few items', () => {
  it.each([
    ['any', 0, eased],
    ['limited', 100, limited],
  ] as const)('[SUI1] [SUI2] the best suit is the best of all that there are: %s wishes', (_, from, wishesOf) => {
    let impossible = 0
    for (let seed = from; seed < from + 40; seed++) {
      const candidates = seed % 2 ? crowded(seed, 7) : randomCandidates(seed, 7)
      const wishes = wishesOf(seed, candidates)
      const { status, suit, bound } = bestSuit(candidates, wishes)
      const most = mostPoints(candidates, wishes)
      const expected = { status: most === null ? 'INFEASIBLE' : 'OPTIMAL', total: most, bound: most }
      expect({ seed, status, total: suit?.score.total ?? null, bound }).toEqual({ seed, ...expected })
      if (most === null) impossible++
    }
    expect(impossible).toBeGreaterThan(3)
    expect(impossible).toBeLessThan(30)
  })
})

describe('of many items', () => {
  // The nodes are those that bounds and dominance leave: without one of them there are many more.
  it.each([
    [500, 2239.2, 13],
    [501, 2390.6, 0],
    [502, 1670, 48],
    [503, 4957.5, 3],
    [504, 5196.5, 0],
    [505, 1482.3, 15],
    [506, 2957.53, 0],
    [508, 1696, 15],
    [509, 1563.3, 4],
    [511, null, 0],
  ])('[SUI1] the best suit of seed %d has %d points, and is proved in %d nodes', (seed, total, most) => {
    const { suit, nodes } = bestSuit(randomCandidates(seed, 150), randomWishes(seed))
    expect(suit?.score.total ?? null).toBe(total)
    expect(nodes).toBeLessThanOrEqual(most)
  })
})
