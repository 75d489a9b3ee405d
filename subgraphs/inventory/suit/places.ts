import { maskOf } from '../../../shared/world/dereth/item-slots.ts'

/**
 * Where a suit is worn. Two fit on wrists and on fingers. Shields, weapons and aetheria are chosen apart from a suit.
 */
export const SUIT_PLACES = [
  'HEAD',
  'CHEST',
  'ABDOMEN',
  'UPPER_ARMS',
  'LOWER_ARMS',
  'HANDS',
  'UPPER_LEGS',
  'LOWER_LEGS',
  'FEET',
  'SHIRT',
  'PANTS',
  'NECK',
  'WRIST',
  'FINGER',
  'TRINKET',
  'CLOAK',
] as const
export type SuitPlace = (typeof SUIT_PLACES)[number]
export const placeNumber: ReadonlyMap<SuitPlace, number> = new Map(SUIT_PLACES.map((place, number) => [place, number]))
export const capacityOf = (place: SuitPlace): number => (place === 'WRIST' || place === 'FINGER' ? 2 : 1)

const BODY = [
  'HEAD',
  'CHEST',
  'ABDOMEN',
  'UPPER_ARMS',
  'LOWER_ARMS',
  'HANDS',
  'UPPER_LEGS',
  'LOWER_LEGS',
  'FEET',
] as const
const body = BODY.map((place) => [place, maskOf([place])] as const)
const SHIRT = maskOf(['SHIRT', 'UNDERWEAR_UPPER_ARMS', 'UNDERWEAR_LOWER_ARMS'])
const PANTS = maskOf(['PANTS', 'UNDERWEAR_LOWER_LEGS'])
const single: readonly (readonly [SuitPlace, number])[] = [
  ['SHIRT', SHIRT],
  ['PANTS', PANTS],
  ['NECK', maskOf(['NECK'])],
  ['WRIST', maskOf(['LEFT_WRIST', 'RIGHT_WRIST'])],
  ['FINGER', maskOf(['LEFT_FINGER', 'RIGHT_FINGER'])],
  ['TRINKET', maskOf(['TRINKET'])],
  ['CLOAK', maskOf(['CLOAK'])],
]
/** Robes and other costumes that cover more are no part of a suit. */
const MAX_PARTS = 6

/** The equip mask of what covers these places; null when nothing can. */
export function maskOfPlaces(places: readonly SuitPlace[]): number | null {
  const masks = new Map([...body, ...single])
  const isBody = places.every((place) => placeNumber.get(place)! < body.length)
  if (!places.length || places.length > (isBody ? MAX_PARTS : 1)) return null
  return places.reduce((mask, place) => mask | masks.get(place)!, 0)
}

/** What tailoring makes of armor over several parts: it covers one of these afterwards (the game's own table). */
const reductions = new Map<string, readonly SuitPlace[]>(
  (
    [
      [
        ['UPPER_ARMS', 'LOWER_ARMS'],
        ['UPPER_ARMS', 'LOWER_ARMS'],
      ],
      [
        ['UPPER_LEGS', 'LOWER_LEGS'],
        ['UPPER_LEGS', 'LOWER_LEGS'],
      ],
      [['LOWER_LEGS', 'FEET'], ['FEET']],
      [['CHEST', 'ABDOMEN'], ['CHEST']],
      [['CHEST', 'ABDOMEN', 'UPPER_ARMS'], ['CHEST']],
      [['CHEST', 'UPPER_ARMS', 'LOWER_ARMS'], ['CHEST']],
      [['CHEST', 'UPPER_ARMS'], ['CHEST']],
      [
        ['ABDOMEN', 'UPPER_LEGS', 'LOWER_LEGS'],
        ['ABDOMEN', 'UPPER_LEGS', 'LOWER_LEGS'],
      ],
      [['CHEST', 'ABDOMEN', 'UPPER_ARMS', 'LOWER_ARMS'], ['CHEST']],
      [['ABDOMEN', 'UPPER_LEGS'], ['ABDOMEN']],
    ] as const
  ).map(([parts, to]) => [parts.join(), to]),
)

/** One way to wear an item. */
export interface Way {
  places: readonly SuitPlace[]
  /** It has to be tailored first. */
  tailored: boolean
}

/** Masks there are in the game are a few dozen; what else is sent is not kept for ever. */
const MAX_KEPT = 4_096
const known = new Map<number, readonly Way[]>()

/**
 * The ways an item can be worn in a suit: as it is, and by tailoring at one part of what it covers. None for what
 * belongs to no suit. The same for the same mask, not to be changed.
 * @param slots the equip mask
 * @param isLoot it was made by chance and has a material: only such can be tailored
 */
export function waysToWear(slots: number, isLoot: boolean): readonly Way[] {
  const key = slots * 2 + (isLoot ? 1 : 0)
  const before = known.get(key)
  if (before) return before
  if (known.size >= MAX_KEPT) known.clear()
  const ways = waysOfMask(slots, isLoot)
  known.set(key, ways)
  return ways
}

function waysOfMask(slots: number, isLoot: boolean): Way[] {
  const parts = body.filter(([, mask]) => (slots & mask) !== 0).map(([place]) => place)
  if (parts.length > MAX_PARTS) return []
  if (parts.length) {
    const reduced = isLoot ? (reductions.get(parts.join()) ?? []) : []
    return [{ places: parts, tailored: false }, ...reduced.map((place) => ({ places: [place], tailored: true }))]
  }
  const found = single.find(([, mask]) => (slots & mask) !== 0)
  return found ? [{ places: [found[0]], tailored: false }] : []
}

const shapes = new WeakMap<Way, { places: readonly number[]; mask: number }>()

/** The places of a way as numbers, and as bits. */
export function shapeOf(way: Way): { places: readonly number[]; mask: number } {
  let shape = shapes.get(way)
  if (!shape) {
    const places = way.places.map((place) => placeNumber.get(place)!)
    shape = { places, mask: places.reduce((mask, place) => mask | (1 << place), 0) }
    shapes.set(way, shape)
  }
  return shape
}
