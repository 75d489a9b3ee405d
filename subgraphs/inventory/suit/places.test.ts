import { describe, expect, it } from 'vitest'
import { maskOf, type ItemSlot } from '../../../shared/world/dereth/item-slots.ts'
import { capacityOf, maskOfPlaces, placeNumber, shapeOf, SUIT_PLACES, waysToWear } from './places.ts'

const waysOf = (slots: readonly ItemSlot[], isLoot: boolean) =>
  waysToWear(maskOf(slots), isLoot).map(({ places, tailored }) => `${tailored ? 'tailored ' : ''}${places.join('+')}`)

describe('the ways to wear an item', () => {
  it.each<[ItemSlot[], string[]]>([
    [['HEAD'], ['HEAD']],
    [
      ['UPPER_ARMS', 'LOWER_ARMS'],
      ['UPPER_ARMS+LOWER_ARMS', 'tailored UPPER_ARMS', 'tailored LOWER_ARMS'],
    ],
    [
      ['UPPER_LEGS', 'LOWER_LEGS'],
      ['UPPER_LEGS+LOWER_LEGS', 'tailored UPPER_LEGS', 'tailored LOWER_LEGS'],
    ],
    [
      ['LOWER_LEGS', 'FEET'],
      ['LOWER_LEGS+FEET', 'tailored FEET'],
    ],
    [
      ['CHEST', 'ABDOMEN'],
      ['CHEST+ABDOMEN', 'tailored CHEST'],
    ],
    [
      ['CHEST', 'UPPER_ARMS'],
      ['CHEST+UPPER_ARMS', 'tailored CHEST'],
    ],
    [
      ['CHEST', 'ABDOMEN', 'UPPER_ARMS'],
      ['CHEST+ABDOMEN+UPPER_ARMS', 'tailored CHEST'],
    ],
    [
      ['CHEST', 'UPPER_ARMS', 'LOWER_ARMS'],
      ['CHEST+UPPER_ARMS+LOWER_ARMS', 'tailored CHEST'],
    ],
    [
      ['ABDOMEN', 'UPPER_LEGS'],
      ['ABDOMEN+UPPER_LEGS', 'tailored ABDOMEN'],
    ],
    [
      ['ABDOMEN', 'UPPER_LEGS', 'LOWER_LEGS'],
      ['ABDOMEN+UPPER_LEGS+LOWER_LEGS', 'tailored ABDOMEN', 'tailored UPPER_LEGS', 'tailored LOWER_LEGS'],
    ],
    [
      ['CHEST', 'ABDOMEN', 'UPPER_ARMS', 'LOWER_ARMS'],
      ['CHEST+ABDOMEN+UPPER_ARMS+LOWER_ARMS', 'tailored CHEST'],
    ],
    [['HEAD', 'HANDS'], ['HEAD+HANDS']],
    [['SHIRT'], ['SHIRT']],
    [['SHIRT', 'UNDERWEAR_UPPER_ARMS', 'UNDERWEAR_LOWER_ARMS'], ['SHIRT']],
    [['UNDERWEAR_LOWER_ARMS'], ['SHIRT']],
    [['PANTS', 'UNDERWEAR_LOWER_LEGS'], ['PANTS']],
    [['NECK'], ['NECK']],
    [['LEFT_WRIST', 'RIGHT_WRIST'], ['WRIST']],
    [['RIGHT_WRIST'], ['WRIST']],
    [['LEFT_FINGER', 'RIGHT_FINGER'], ['FINGER']],
    [['TRINKET'], ['TRINKET']],
    [['CLOAK'], ['CLOAK']],
    [['MELEE_WEAPON'], []],
    [[], []],
    [
      ['HEAD', 'CHEST', 'ABDOMEN', 'UPPER_ARMS', 'LOWER_ARMS', 'HANDS'],
      ['HEAD+CHEST+ABDOMEN+UPPER_ARMS+LOWER_ARMS+HANDS'],
    ],
    [['HEAD', 'CHEST', 'ABDOMEN', 'UPPER_ARMS', 'LOWER_ARMS', 'HANDS', 'FEET'], []],
  ])('that covers %j', (slots, ways) => {
    expect(waysOf(slots, true)).toEqual(ways)
    expect(waysOf(slots, false)).toEqual(ways.filter((way) => !way.startsWith('tailored')))
  })

  it('are the same for the same mask', () => {
    const mask = maskOf(['CHEST', 'ABDOMEN'])
    expect(waysToWear(mask, true)).toBe(waysToWear(mask, true))
    expect(waysToWear(mask, true)).not.toBe(waysToWear(mask, false))
  })

  it('are known as numbers and as bits', () => {
    const [whole, tailored] = waysToWear(maskOf(['CHEST', 'ABDOMEN']), true)
    expect([shapeOf(whole!), shapeOf(tailored!)]).toEqual([
      { places: [1, 2], mask: 0b110 },
      { places: [1], mask: 0b10 },
    ])
    expect(shapeOf(whole!)).toBe(shapeOf(whole!))
  })
})

describe('places', () => {
  it('take one piece, but wrists and fingers two', () => {
    expect(SUIT_PLACES.filter((place) => capacityOf(place) === 2)).toEqual(['WRIST', 'FINGER'])
    expect(SUIT_PLACES.filter((place) => capacityOf(place) === 1)).toHaveLength(14)
    expect(SUIT_PLACES.map((place) => placeNumber.get(place))).toEqual(SUIT_PLACES.map((_, n) => n))
  })

  it('have the mask of what covers them, or none', () => {
    expect(maskOfPlaces(['CHEST', 'ABDOMEN'])).toBe(maskOf(['CHEST', 'ABDOMEN']))
    expect(maskOfPlaces(['WRIST'])).toBe(maskOf(['LEFT_WRIST', 'RIGHT_WRIST']))
    expect(maskOfPlaces(['PANTS'])).toBe(maskOf(['PANTS', 'UNDERWEAR_LOWER_LEGS']))
    expect([maskOfPlaces([]), maskOfPlaces(['NECK', 'CLOAK']), maskOfPlaces(['HEAD', 'CLOAK'])]).toEqual([
      null,
      null,
      null,
    ])
    expect(maskOfPlaces(SUIT_PLACES.slice(0, 6))).not.toBeNull()
    expect(maskOfPlaces(SUIT_PLACES.slice(0, 7))).toBeNull()
  })
})
