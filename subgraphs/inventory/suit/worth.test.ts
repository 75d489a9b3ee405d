import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../shared/world/dereth/item-slots.ts'
import type { Candidate } from './candidate.ts'
import { shapeOf, waysToWear } from './places.ts'
import { randomWishes } from './testing/random.ts'
import { Wardrobe } from './wardrobe.ts'
import type { Wishes } from './wishes.ts'
import { isUsable, pointsOf, Worths } from './worth.ts'

const anItem = (slots: readonly ItemSlot[], other: Partial<Candidate> = {}): Candidate => ({
  id: 'test:1',
  name: 'Piece',
  owner: 'Mule',
  equipped: false,
  slots: maskOf(slots),
  loot: true,
  armorLevel: 0,
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
  spells: [],
  weights: {
    armor: 0.5,
    ratings: [
      { rating: 'DAMAGE', points: [0, 10, 15], beyond: 2, onClothes: false },
      { rating: 'VITALITY', points: [0, 7], beyond: 1, onClothes: true },
    ],
    tiers: { MINOR: 0, MAJOR: 0, EPIC: 0, LEGENDARY: 0 },
    piece: 1,
    move: 3,
    tailoring: 2.5,
  },
  level: null,
  onlyUnequipped: false,
  critDamage: null,
  excluded: [],
}
const wishing = (other: Partial<Wishes>): Wishes => ({ ...WISHES, ...other })

/** What the first way to wear an item is worth, in points: by itself, and from the columns of a wardrobe. */
function bothPoints(item: Candidate, wishes: Wishes = WISHES, tailored = false): [number, number] {
  const way = waysToWear(item.slots, item.loot).find((one) => one.tailored === tailored)!
  const worths = new Worths(new Wardrobe([item]), wishes)
  return [pointsOf(item, way, wishes), worths.pointsOf(0, { way, ...shapeOf(way) }) / 100]
}

describe('one way to wear an item', () => {
  it.each<[string, Candidate, Partial<Wishes>, number]>([
    ['armor counts on each part of the body', anItem(['CHEST', 'ABDOMEN'], { armorLevel: 100 }), {}, 101],
    ['armor below zero counts for nothing', anItem(['HEAD'], { armorLevel: -40 }), {}, 1],
    ['armor of jewelry counts for nothing', anItem(['NECK'], { armorLevel: 100 }), {}, 1],
    ['a rating of the list', anItem(['HEAD'], { ratings: { DAMAGE: 2 } }), {}, 16],
    ['a rating beyond the list', anItem(['HEAD'], { ratings: { DAMAGE: 5 } }), {}, 22],
    ['a rating of clothes on armor', anItem(['HEAD'], { ratings: { VITALITY: 3 } }), {}, 1],
    ['a rating of clothes on a shirt', anItem(['SHIRT'], { ratings: { VITALITY: 3 } }), {}, 10],
    ['of another owner', anItem(['HEAD']), { wearer: 'Larsson' }, -2],
    ['of the wearer', anItem(['HEAD'], { owner: 'Larsson' }), { wearer: 'Larsson' }, 1],
  ])('has its points: %s', (_, item, wishes, points) => {
    expect(bothPoints(item, wishing(wishes))).toEqual([points, points])
  })

  it('costs its tailoring', () => {
    const coat = anItem(['CHEST', 'ABDOMEN'], { armorLevel: 10 })
    expect(bothPoints(coat)).toEqual([11, 11])
    expect(bothPoints(coat, WISHES, true)).toEqual([3.5, 3.5])
  })
})

describe('an item', () => {
  const mine = { owner: 'Larsson', equipped: true }
  it.each<[string, Candidate, Partial<Wishes>, boolean]>([
    ['without limits', anItem(['HEAD']), {}, true],
    ['that is excluded', anItem(['HEAD']), { excluded: ['test:1'] }, false],
    ['of the wearer’s very level', anItem(['HEAD'], { wieldLevel: 150 }), { level: 150 }, true],
    ['of a higher level', anItem(['HEAD'], { wieldLevel: 151 }), { level: 150 }, false],
    ['worn by another', anItem(['HEAD'], { equipped: true }), { onlyUnequipped: true, wearer: 'Larsson' }, false],
    ['worn by the wearer', anItem(['HEAD'], mine), { onlyUnequipped: true, wearer: 'Larsson' }, true],
    ['armor of another critical damage', anItem(['HEAD'], { ratings: { CRIT_DAMAGE: 2 } }), { critDamage: [0] }, false],
    ['armor without critical damage', anItem(['HEAD']), { critDamage: [0] }, true],
    ['jewelry of any critical damage', anItem(['NECK'], { ratings: { CRIT_DAMAGE: 2 } }), { critDamage: [0] }, true],
  ])('may be used as wished: %s', (_, item, wishes, usable) => {
    expect(isUsable(item, wishing(wishes))).toBe(usable)
  })
})

describe('a set', () => {
  const set = (id: number, pieces: number, points: readonly number[]) => ({ id, pieces, points })
  const setOf = (slots: readonly ItemSlot[], setId: number, sets: Wishes['sets']) => {
    const item = anItem(slots, { setId })
    const [way] = waysToWear(item.slots, item.loot)
    return new Worths(new Wardrobe([item]), wishing({ sets })).setOf(0, { way: way!, ...shapeOf(way!) })
  }
  it('counts pieces on the body alone; the first of two equal wishes counts', () => {
    const sets = [set(13, 0, [0]), set(14, 0, [0])]
    expect([setOf(['HEAD'], 13, sets), setOf(['HEAD'], 14, sets), setOf(['HEAD'], 15, sets)]).toEqual([1, 2, 0])
    expect([setOf(['NECK'], 13, sets), setOf(['SHIRT'], 14, sets)]).toEqual([0, 0])
    expect(setOf(['HEAD'], 13, [set(13, 0, [0]), set(13, 0, [0])])).toBe(1)
  })
  it('gains nothing allowed below the wanted pieces, and the last points beyond the list', () => {
    const { setGain } = new Worths(new Wardrobe([]), wishing({ sets: [set(13, 2, [0, 1, 5])] }))
    const of = (pieces: number) => setGain[pieces * 10]!
    expect(of(1)).toBeLessThan(-1e14)
    expect([of(2), of(3), of(9)]).toEqual([500, 500, 500])
  })
})
