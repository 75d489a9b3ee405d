import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../shared/world/dereth/item-slots.ts'
import type { Candidate } from './candidate.ts'
import { conflictOf, type Demand } from './conflict.ts'
import { randomWishes } from './testing/random.ts'
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
})
