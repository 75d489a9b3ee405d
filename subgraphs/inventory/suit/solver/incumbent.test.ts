import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { randomCandidates, randomWishes } from '../testing/random.ts'
import type { Wishes } from '../wishes.ts'
import { Incumbents } from './incumbent.ts'
import { hasSideRules, MAX_PIECES, NEVER, NO_LIMIT, obeysSideRules, PLACES, valueOf, type Problem } from './problem.ts'
import { Relaxation } from './relaxation.ts'

/** Wishes that every choice of pieces meets, so that each has a value. */
const withoutDemands = (seed: number): Wishes => {
  const wishes = randomWishes(seed)
  return {
    ...wishes,
    sets: wishes.sets.map((set) => ({ ...set, pieces: 0, points: [0, 0, 30, 30, 90, 90, 200] })),
    spells: wishes.spells.map((spell) => ({ ...spell, required: false })),
    floors: {},
  }
}

/** What builds suits for a problem, and the suits that it offered. */
function incumbentsOf(problem: Problem, isOver: (offered: number) => boolean = () => false) {
  const offered: number[][] = []
  const relaxation = new Relaxation(problem)
  const lists = Array.from({ length: PLACES }, (_, place) =>
    Array.from({ length: problem.size }, (_, p) => p).filter((p) => problem.places[p]!.includes(place)),
  )
  const multipliers = new Float64Array(relaxation.multipliers)
  problem.worth.forEach((worth, bit) => (multipliers[bit] = Math.floor(worth / 2)))
  const incumbents = new Incumbents(
    problem,
    relaxation,
    (chosen) => offered.push([...chosen]),
    () => isOver(offered.length),
  )
  return { incumbents, lists, multipliers, offered }
}

const problemOf = (seed: number, count: number, other: Partial<Wishes> = {}): Problem =>
  compile(randomCandidates(seed, count), { ...withoutDemands(seed), ...other }).problem

/** Whether the places, the items and the other rules allow these placements together. */
function isSuit(problem: Problem, chosen: readonly number[]): boolean {
  const room = Int8Array.from(problem.capacity)
  for (const p of chosen) for (const place of problem.places[p]!) room[place]!--
  const items = new Set(chosen.map((p) => problem.item[p]!))
  return room.every((free) => free >= 0) && items.size === chosen.length && obeysSideRules(problem, chosen)
}

/** The most a suit can be worth after one of its pieces is exchanged at its places, or one is added. */
function bestNeighbour(problem: Problem, chosen: readonly number[]): number {
  let most = NEVER
  const consider = (next: readonly number[]) => {
    if (isSuit(problem, next)) most = Math.max(most, valueOf(problem, next))
  }
  for (let p = 0; p < problem.size; p++) {
    consider([...chosen, p])
    chosen.forEach((old, k) => {
      const isThere = problem.places[p]!.some((place) => problem.places[old]!.includes(place))
      if (isThere) consider(chosen.map((one, at) => (at === k ? p : one)))
    })
  }
  return most
}

/** A problem of two places, head and feet, from placements with a score, a set and bits. */
function pairsOf(
  placements: readonly { place: number; score: number; set?: number; bits?: readonly number[]; item?: number }[],
  other: Partial<Problem> = {},
): Problem {
  const bits = placements.map((one) => one.bits ?? [])
  let from = 0
  return {
    size: placements.length,
    item: Int32Array.from(placements, ({ item }, p) => item ?? p),
    score: Float64Array.from(placements, ({ score }) => score),
    set: Uint8Array.from(placements, ({ set }) => set ?? 0),
    places: placements.map(({ place }) => [place]),
    mask: Int32Array.from(placements, ({ place }) => 1 << place),
    bitsFrom: Int32Array.from([0, ...bits.map((own) => (from += own.length))]),
    bits: Int16Array.from(bits.flat()),
    worth: new Float64Array(3).fill(100),
    capacity: Int8Array.from({ length: PLACES }, (_, place) => (place === 13 ? 2 : 1)),
    setGain: new Float64Array((MAX_PIECES + 1) ** 2).map((_, at) => (Math.floor(at / (MAX_PIECES + 1)) >= 2 ? 50 : 0)),
    owner: Int32Array.from(placements, (_, p) => p),
    tailored: new Uint8Array(placements.length),
    mostOwners: NO_LIMIT,
    mostTailored: NO_LIMIT,
    unlike: [],
    least: NEVER,
    ...other,
  }
}
const [HEAD, FEET, FINGER] = [0, 8, 13]

describe('the suits that are offered as incumbents', () => {
  it.each<[string, Partial<Wishes>]>([
    ['without limits', { maxTailored: null }],
    ['of three owners', { maxOwners: 3 }],
    ['with one tailored piece', { maxTailored: 1 }],
  ])('are suits, and no exchange of one piece makes one better: %s', (_, limits) => {
    for (let seed = 700; seed < 705; seed++) {
      const problem = problemOf(seed, 60, limits)
      expect(hasSideRules(problem)).toBe(limits.maxTailored !== null)
      const { incumbents, lists, multipliers, offered } = incumbentsOf(problem)
      incumbents.begin(lists, multipliers)
      expect([seed, offered.length]).toEqual([seed, 2])
      const [built, refined] = offered as [number[], number[]]
      incumbents.make(lists, multipliers, 3)
      expect([seed, offered.length]).toEqual([seed, 5])
      for (const chosen of offered) expect([seed, isSuit(problem, chosen)]).toEqual([seed, true])
      expect(valueOf(problem, refined)).toBeGreaterThanOrEqual(valueOf(problem, built))
      for (const chosen of offered.slice(1))
        expect([seed, valueOf(problem, chosen)]).toEqual([
          seed,
          Math.max(bestNeighbour(problem, chosen), valueOf(problem, chosen)),
        ])
    }
  })

  it('are the same ones for the same question, and vary with the round', () => {
    const values = (seed: number) => {
      const problem = problemOf(seed, 150)
      const { incumbents, lists, multipliers, offered } = incumbentsOf(problem)
      incumbents.make(lists, multipliers, 4)
      return offered.map((chosen) => valueOf(problem, chosen))
    }
    const all = [720, 721, 722, 723].map(values)
    expect(all).toEqual([720, 721, 722, 723].map(values))
    expect(all.some((offered) => new Set(offered).size > 1)).toBe(true)
  })
})

describe('improving a suit', () => {
  const SET = [
    { place: HEAD, score: 10 },
    { place: FEET, score: 10 },
    { place: HEAD, score: 8, set: 1 },
    { place: HEAD, score: 9, set: 1 },
    { place: FEET, score: 7, set: 1 },
    { place: FEET, score: 6, set: 1 },
  ]

  it('exchanges two pieces together where neither alone would help, for the best pair', () => {
    const problem = pairsOf(SET)
    const one = incumbentsOf(problem)
    one.incumbents.refine([0, 1], one.lists)
    expect(one.offered).toEqual([[0, 1]])
    const two = incumbentsOf(problem)
    two.incumbents.improve([0, 1], two.lists)
    expect(two.offered).toEqual([[3, 4]])
  })

  it('counts what both bring once: a pair with the same cantrip is worth less than one with two', () => {
    const problem = pairsOf([
      { place: HEAD, score: 120, bits: [0] },
      { place: FEET, score: 120, bits: [1] },
      { place: HEAD, score: 99, bits: [1, 2], set: 1 },
      { place: FEET, score: 98, bits: [2, 1], set: 1 },
      { place: FEET, score: 97, bits: [0], set: 1 },
    ])
    const { incumbents, lists, offered } = incumbentsOf(problem)
    incumbents.improve([0, 1], lists)
    expect(offered).toEqual([[2, 4]])
  })

  it('never wears an item twice, though both placements of it would be the best pair', () => {
    const ring = [
      { place: FINGER, score: 9, item: 7, set: 1 },
      { place: FINGER, score: 9, item: 7, set: 1 },
      { place: FINGER, score: 10 },
      { place: FINGER, score: 10 },
    ]
    const { incumbents, lists, offered } = incumbentsOf(pairsOf(ring))
    incumbents.improve([2, 3], lists)
    expect(offered).toEqual([[2, 3]])
  })

  it('keeps to the rules: a pair that they forbid is not worn, and what breaks them is not offered', () => {
    const problem = pairsOf(SET, { unlike: [{ items: new Set([3, 4]), most: 1 }] })
    const { incumbents, lists, offered } = incumbentsOf(problem)
    incumbents.improve([0, 1], lists)
    incumbents.improve([3, 4], lists)
    incumbents.refine([3, 4], lists)
    expect(offered).toEqual([[0, 1]])
  })

  it('wears something at a place that stands empty, and leaves alone what is worth less than nothing', () => {
    const problem = pairsOf([
      { place: HEAD, score: 10 },
      { place: FEET, score: 5 },
      { place: FINGER, score: -1 },
    ])
    const { incumbents, lists, offered } = incumbentsOf(problem)
    incumbents.refine([0], lists)
    incumbents.improve([], lists)
    expect(offered.map((chosen) => [...chosen].sort())).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  it('ends when time is up, and offers what it has', () => {
    const problem = pairsOf(SET)
    const { incumbents, lists, multipliers, offered } = incumbentsOf(problem, () => true)
    incumbents.refine([0], lists)
    incumbents.improve([2], lists)
    incumbents.make(lists, multipliers, 3)
    expect(offered).toEqual([[0], [2]])
  })

  it('makes no more suits once time is up between two of them', () => {
    const { incumbents, lists, multipliers, offered } = incumbentsOf(problemOf(700, 60), (count) => count > 0)
    incumbents.make(lists, multipliers, 3)
    expect(offered).toHaveLength(1)
  })
})
