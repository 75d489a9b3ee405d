import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../../shared/world/dereth/item-slots.ts'
import type { Candidate } from '../candidate.ts'
import { compile } from '../compile.ts'
import { weightsOf } from '../presets.ts'
import { randomWishes } from '../testing/random.ts'
import type { Wishes } from '../wishes.ts'
import { undominated } from './dominance.ts'

const piece = (id: string, armorLevel: number, other: Partial<Candidate> = {}, slots: ItemSlot[] = ['HEAD']) => ({
  id,
  name: id,
  owner: 'Mule',
  equipped: false,
  slots: maskOf(slots),
  loot: false,
  armorLevel,
  setId: null,
  cantrips: [],
  ratings: {},
  wieldLevel: 0,
  ...other,
})
const WISHES: Wishes = {
  ...randomWishes(1),
  wearer: null,
  sets: [],
  spells: [{ family: 1, atLeast: 'EPIC', weight: 1, required: false }],
  weights: { ...weightsOf('STAT_POINTS'), armor: 1, move: 0, tailoring: 0 },
  locked: [],
  excluded: [],
  level: null,
  onlyUnequipped: false,
  maxOwners: null,
  maxTailored: null,
  floors: {},
  critDamage: null,
}

/** The ids of candidates that dominance leaves. */
function left(candidates: readonly Candidate[], wishes: Partial<Wishes> = {}): string[] {
  const { problem, candidates: kept } = compile(candidates, { ...WISHES, ...wishes })
  return [...new Set(undominated(problem).map((p) => kept[problem.item[p]!]!.id))].sort()
}

describe('of pieces at one place', () => {
  it('the worse is left out', () => {
    expect(left([piece('a', 200), piece('b', 100)])).toEqual(['a'])
  })
  it('the worse stays if it brings a wanted cantrip', () => {
    expect(left([piece('a', 200), piece('b', 100, { cantrips: [{ family: 1, tier: 'EPIC' }] })])).toEqual(['a', 'b'])
  })
  it('the worse stays where two are worn', () => {
    const cantrips = [{ family: 1, tier: 'EPIC' as const }]
    const rings = ['a', 'b', 'c'].map((id) => piece(id, 0, { cantrips }, ['LEFT_FINGER', 'RIGHT_FINGER']))
    expect(left(rings)).toEqual(['a', 'b'])
  })
  it('the worse of another owner stays if owners are limited', () => {
    const heads = [piece('a', 200), piece('b', 100, { owner: 'Another' })]
    expect([left(heads), left(heads, { maxOwners: 1 })]).toEqual([['a'], ['a', 'b']])
  })
  it.each<[string, readonly number[], string[]]>([
    ['never lowers the points', [0, 5, 9], ['a']],
    ['lowers the points', [9, 5, 0], ['a', 'b']],
  ])('the worse without a set stays beside one with a set only if the set %s', (_, points, expected) => {
    expect(left([piece('a', 200, { setId: 13 }), piece('b', 100)], { sets: [{ id: 13, pieces: 0, points }] })).toEqual(
      expected,
    )
  })
})
