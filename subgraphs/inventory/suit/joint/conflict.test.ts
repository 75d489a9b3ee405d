import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../../shared/world/dereth/item-slots.ts'
import type { Candidate } from '../candidate.ts'
import { weightsOf } from '../presets.ts'
import type { Wishes } from '../wishes.ts'
import { bestSuits } from './joint.ts'

const piece = (id: string, slot: ItemSlot, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  owner: 'Mule',
  equipped: false,
  slots: maskOf([slot]),
  loot: true,
  armorLevel: 100,
  setId: null,
  cantrips: [],
  ratings: {},
  wieldLevel: 0,
  ...more,
})
const wishes = (wearer: string, more: Partial<Wishes> = {}): Wishes => ({
  wearer,
  weights: weightsOf('STAT_POINTS'),
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
  ...more,
})
const conflicts = (candidates: readonly Candidate[], all: readonly Wishes[]) =>
  bestSuits(all.map((one) => ({ candidates, wishes: one, weight: 10 }))).conflicts

const FOCUS = 7
const focus = [{ family: FOCUS, tier: 'LEGENDARY' as const }]
const must = { spells: [{ family: FOCUS, atLeast: 'EPIC' as const, weight: 1, required: true }] }

describe('joint suits that are impossible', () => {
  it('[SUI18] name only the wearer that could have no suit even alone, with its own demands', () => {
    const items = [piece('helm', 'HEAD'), piece('boots', 'FEET')]
    const found = conflicts(items, [
      wishes('Larsson', { floors: { HEAD: 50 } }),
      wishes('Mira', { floors: { CHEST: 1 } }),
    ])
    expect(found).toMatchObject([
      { kind: 'ALONE', wearer: 1, conflict: { demands: [{ kind: 'FLOOR', place: 'CHEST' }] } },
    ])
    expect(found).toHaveLength(1)
  })

  it('[SUI18] name the fewest demands of wearers that ask for the same piece, and no others', () => {
    const items = [piece('ring', 'LEFT_FINGER', { cantrips: focus }), piece('helm', 'HEAD'), piece('cap', 'HEAD')]
    const all = [
      wishes('Larsson', must),
      wishes('Ada', { floors: { HEAD: 10 } }),
      wishes('Mira', { ...must, floors: { HEAD: 10 } }),
    ]
    expect(conflicts(items, all)).toEqual([
      {
        kind: 'SHARED',
        wearer: 0,
        conflict: { isSmallest: true, demands: [{ kind: 'SPELL', family: FOCUS, atLeast: 'EPIC', candidateCount: 1 }] },
      },
      {
        kind: 'SHARED',
        wearer: 2,
        conflict: { isSmallest: true, demands: [{ kind: 'SPELL', family: FOCUS, atLeast: 'EPIC', candidateCount: 1 }] },
      },
    ])
  })

  it('[SUI18] name a lock that takes the only piece another needs', () => {
    const items = [piece('ring', 'LEFT_FINGER', { cantrips: focus }), piece('helm', 'HEAD')]
    const found = conflicts(items, [
      wishes('Larsson', { locked: [{ item: 'ring', places: null }] }),
      wishes('Mira', must),
    ])
    expect(found.map(({ kind, wearer, conflict }) => [kind, wearer, conflict.demands.map((one) => one.kind)])).toEqual([
      ['SHARED', 0, ['LOCK']],
      ['SHARED', 1, ['SPELL']],
    ])
  })

  it('[SUI18] name sets that have too few pieces for all who want them', () => {
    const parts = ['HEAD', 'CHEST', 'ABDOMEN', 'HANDS', 'FEET', 'UPPER_ARMS'] as const
    const items = parts.map((slot) => piece(slot, slot, { setId: 13 }))
    const five = { sets: [{ id: 13, pieces: 4, points: [0] }] }
    const found = conflicts(items, [wishes('Larsson', five), wishes('Mira', five)])
    expect(
      found.map(({ kind, conflict }) => [kind, conflict.demands.map((one) => one.kind), conflict.isSmallest]),
    ).toEqual([
      ['SHARED', ['SET'], true],
      ['SHARED', ['SET'], true],
    ])
  })
})
