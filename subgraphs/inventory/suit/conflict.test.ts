import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../shared/world/dereth/item-slots.ts'
import type { Candidate } from './candidate.ts'
import { conflictOf, partsOf, type Demand } from './conflict.ts'
import { mostPoints } from './testing/all-suits.ts'
import { dice, randomCandidates, randomWishes } from './testing/random.ts'
import type { Wishes } from './wishes.ts'

const piece = (id: string, slot: ItemSlot, other: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  owner: 'Mule',
  equipped: false,
  slots: maskOf([slot]),
  loot: false,
  armorLevel: 100,
  setId: null,
  cantrips: [],
  ratings: {},
  wieldLevel: 0,
  ...other,
})
const wishes = (part: Partial<Wishes>): Wishes => ({
  ...randomWishes(1),
  wearer: null,
  sets: [],
  spells: [],
  locked: [],
  excluded: [],
  level: null,
  onlyUnequipped: false,
  maxOwners: null,
  maxTailored: null,
  floors: {},
  critDamage: null,
  ...part,
})
const spell = (family: number) => ({ family, atLeast: 'EPIC', weight: 1, required: true }) as const
const brings = (family: number) => ({ cantrips: [{ family, tier: 'LEGENDARY' as const }] })
const set = (id: number, pieces: number) => ({ id, pieces, points: [0] })

describe('demands that cannot be met together', () => {
  it.each<[string, Candidate[], Partial<Wishes>, Demand[]]>([
    [
      'a spell that nobody brings',
      [piece('a', 'HEAD')],
      { spells: [spell(1)] },
      [{ kind: 'SPELL', family: 1, atLeast: 'EPIC', candidateCount: 0 }],
    ],
    [
      'a set of which there are too few pieces',
      [piece('a', 'HEAD', { setId: 14 })],
      { sets: [set(14, 2)] },
      [{ kind: 'SET', setId: 14, pieces: 2, candidateCount: 1 }],
    ],
    [
      'a floor that no piece reaches',
      [piece('a', 'HEAD')],
      { floors: { HEAD: 101 } },
      [{ kind: 'FLOOR', place: 'HEAD', armor: 101, candidateCount: 0 }],
    ],
    [
      'a lock of what is not there',
      [piece('a', 'HEAD')],
      { locked: [{ item: 'b', places: null }] },
      [{ kind: 'LOCK', item: 'b', candidateCount: 0 }],
    ],
  ])('%s', (_, candidates, part, demands) => {
    expect(conflictOf(candidates, wishes(part))).toEqual({ demands, isSmallest: true })
  })

  it('are two spells that only pieces of one place bring, and nothing that can be met beside them', () => {
    const candidates = [
      piece('a', 'HEAD', brings(1)),
      piece('b', 'HEAD', brings(2)),
      piece('c', 'FEET', brings(3)),
      piece('d', 'HANDS', { setId: 14 }),
    ]
    const asked = wishes({
      spells: [spell(3), spell(1), spell(2)],
      sets: [set(14, 1), set(13, 0)],
      floors: { FEET: 50 },
    })
    const { demands, isSmallest } = conflictOf(candidates, asked)
    expect(demands.map((demand) => demand.kind === 'SPELL' && demand.family)).toEqual([1, 2])
    expect(isSmallest).toBe(true)
  })

  it('are known, but perhaps not the fewest, when time is up', () => {
    const candidates = [piece('a', 'HEAD', brings(1)), piece('b', 'HEAD', brings(2))]
    const { demands } = conflictOf(candidates, wishes({ spells: [spell(1), spell(2)] }), () => true)
    expect(demands).toHaveLength(2)
  })
  it.each<[string, Candidate[], Partial<Wishes>, Demand[]]>([
    [
      'two locks of one place, and not the lock beside them',
      [piece('a', 'HEAD'), piece('b', 'HEAD'), piece('c', 'FEET')],
      { locked: ['c', 'a', 'b'].map((item) => ({ item, places: null })) },
      [
        { kind: 'LOCK', item: 'a', candidateCount: 1 },
        { kind: 'LOCK', item: 'b', candidateCount: 1 },
      ],
    ],
    [
      'a floor that nothing reaches, and not the floor beside it',
      [piece('a', 'HEAD'), piece('b', 'FEET')],
      { floors: { HEAD: 100, FEET: 101 } },
      [{ kind: 'FLOOR', place: 'FEET', armor: 101, candidateCount: 0 }],
    ],
    [
      'two sets of which only pieces of one place are there, and not the one with pieces of its own',
      [piece('a', 'HEAD', { setId: 13 }), piece('b', 'HEAD', { setId: 14 }), piece('c', 'FEET', { setId: 16 })],
      { sets: [set(13, 1), set(14, 1)] },
      [
        { kind: 'SET', setId: 13, pieces: 1, candidateCount: 1 },
        { kind: 'SET', setId: 14, pieces: 1, candidateCount: 1 },
      ],
    ],
  ])('are %s', (_, candidates, part, demands) => {
    expect(conflictOf(candidates, wishes(part))).toEqual({ demands, isSmallest: true })
  })

  it('are as few as can be: together no suit meets them, and without any one of them some suit does', () => {
    let conflicts = 0
    for (let seed = 1; seed <= 24; seed++) {
      const roll = dice(seed)
      const below = (most: number) => Math.floor(roll() * most)
      const candidates = randomCandidates(seed, 6)
      const asked = wishes({
        spells: [1, 2, 3].map((n) => ({ ...spell(below(20)), atLeast: 'MINOR' as const, weight: n })),
        sets: [set(13, below(2)), set(14, below(3))],
        floors: roll() < 0.4 ? { CHEST: 1, HEAD: below(300) } : {},
        locked: roll() < 0.5 ? [{ item: candidates[below(6)]!.id, places: null }] : [],
      })
      asked.spells.forEach(({ family }, n) => {
        if (asked.spells.findIndex((one) => one.family === family) !== n) return
        candidates[n] = { ...candidates[n]!, cantrips: [{ family, tier: 'EPIC' }] }
      })
      const unique = { ...asked, spells: asked.spells.filter((one, n, all) => firstOf(all, one) === n) }
      const { demands, isSmallest } = conflictOf(candidates, unique)
      if (mostPoints(candidates, unique) !== null) continue
      conflicts++
      expect([seed, isSmallest]).toEqual([seed, true])
      const parts = partsOf(candidates, unique)
      const leftOut = (kept: readonly Demand[]) =>
        parts
          .filter(({ demand }) => !kept.some((one) => isDeepStrictEqual(one, demand)))
          .reduce((now, { without }) => without(now), unique as Wishes)
      expect([seed, mostPoints(candidates, leftOut(demands))]).toEqual([seed, null])
      for (const one of demands)
        expect([seed, mostPoints(candidates, leftOut(demands.filter((other) => other !== one)))]).not.toEqual([
          seed,
          null,
        ])
    }
    expect(conflicts).toBeGreaterThan(5)
  })
})

const firstOf = (all: Wishes['spells'], { family }: Wishes['spells'][number]) =>
  all.findIndex((one) => one.family === family)

describe('the demands of wishes', () => {
  const candidates = [
    piece('a', 'HEAD', { setId: 13, ...brings(1) }),
    piece('b', 'FEET', { setId: 13, armorLevel: 10 }),
    piece('c', 'HANDS', { setId: 14 }),
    piece('d', 'NECK', { setId: 16 }),
  ]
  const asked = wishes({
    sets: [set(13, 2), set(14, 0)],
    spells: [spell(9), spell(1), { ...spell(2), required: false }],
    floors: { HEAD: 50, CHEST: 1 },
    locked: [
      { item: 'd', places: null },
      { item: 'c', places: null },
    ],
  })
  const parts = partsOf(candidates, asked)

  it('are counted with what could meet each, those that nothing can meet last', () => {
    const names = parts.map(({ demand }) => [demand.kind, demand.candidateCount])
    expect(names.slice(-2).sort()).toEqual([
      ['FLOOR', 0],
      ['SPELL', 0],
    ])
    expect(names.slice(0, -2).sort()).toEqual([
      ['FLOOR', 1],
      ['LOCK', 1],
      ['LOCK', 1],
      ['SET', 2],
      ['SPELL', 1],
    ])
    const tooFew = partsOf(candidates, wishes({ sets: [set(14, 2), set(13, 2)] }))
    expect(tooFew.map(({ demand }) => demand.kind === 'SET' && [demand.setId, demand.candidateCount])).toEqual([
      [13, 2],
      [14, 1],
    ])
  })

  it('are left out one at a time: the others remain', () => {
    for (const { demand, without } of parts) {
      const { sets, spells, floors, locked } = without(asked)
      const expected = {
        sets: demand.kind === 'SET' ? asked.sets.map((one) => ({ ...one, pieces: 0 })) : asked.sets,
        spells: demand.kind === 'SPELL' ? asked.spells.filter(({ family }) => family !== demand.family) : asked.spells,
        floors: demand.kind === 'FLOOR' ? { HEAD: 50, CHEST: 1, [demand.place]: undefined } : asked.floors,
        locked: demand.kind === 'LOCK' ? asked.locked.filter(({ item }) => item !== demand.item) : asked.locked,
      }
      expect({ sets, spells, floors, locked }).toEqual(expected)
    }
    const two = wishes({ sets: [set(13, 2), set(14, 1)] })
    expect(partsOf(candidates, two)[0]!.without(two).sets).toEqual([set(13, 0), set(14, 1)])
  })
})
