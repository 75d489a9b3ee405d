import { maskOf, type ItemSlot } from '../../../../shared/world/dereth/item-slots.ts'
import { RATINGS, type Candidate } from '../candidate.ts'
import { setPointsOf, weightsOf, type Preset } from '../presets.ts'
import { WISH_TIERS, type SpellWish, type Wishes } from '../wishes.ts'

/** Numbers from 0 to 1 that are the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SHAPES: readonly (readonly ItemSlot[])[] = [
  ['HEAD'],
  ['CHEST'],
  ['ABDOMEN'],
  ['UPPER_ARMS'],
  ['LOWER_ARMS'],
  ['HANDS'],
  ['UPPER_LEGS'],
  ['LOWER_LEGS'],
  ['FEET'],
  ['UPPER_ARMS', 'LOWER_ARMS'],
  ['UPPER_LEGS', 'LOWER_LEGS'],
  ['CHEST', 'ABDOMEN'],
  ['CHEST', 'ABDOMEN', 'UPPER_ARMS'],
  ['ABDOMEN', 'UPPER_LEGS', 'LOWER_LEGS'],
  ['LOWER_LEGS', 'FEET'],
  ['CHEST', 'ABDOMEN', 'UPPER_ARMS', 'LOWER_ARMS'],
  ['SHIRT', 'UNDERWEAR_UPPER_ARMS'],
  ['PANTS', 'UNDERWEAR_LOWER_LEGS'],
  ['NECK'],
  ['LEFT_WRIST', 'RIGHT_WRIST'],
  ['LEFT_FINGER', 'RIGHT_FINGER'],
  ['TRINKET'],
  ['CLOAK'],
  ['MELEE_WEAPON'],
]
const CLOTHES_FROM = 16
const SETS = [13, 14, 16]
const FAMILIES = 20

export function randomCandidates(seed: number, count: number): Candidate[] {
  const roll = dice(seed)
  const below = (most: number) => Math.floor(roll() * most)
  return Array.from({ length: count }, (_, n): Candidate => {
    const shape = below(SHAPES.length)
    return {
      id: `test:${n}`,
      name: `Piece ${n}`,
      owner: `Mule ${below(8)}`,
      equipped: roll() < 0.2,
      slots: maskOf(SHAPES[shape]!),
      loot: roll() < 0.8,
      armorLevel: shape <= CLOTHES_FROM + 1 ? below(500) - 20 : 0,
      setId: shape < CLOTHES_FROM && roll() < 0.6 ? SETS[below(SETS.length)]! : null,
      cantrips: Array.from({ length: below(5) }, () => ({ family: below(FAMILIES), tier: WISH_TIERS[below(4)]! })),
      ratings: Object.fromEntries(RATINGS.filter(() => roll() < 0.1).map((rating) => [rating, 1 + below(3)])),
      wieldLevel: roll() < 0.3 ? 180 : 0,
    }
  })
}

/** What somebody might wish; with `families` to choose from when they are those of real items. */
export function randomWishes(
  seed: number,
  families = Array.from({ length: FAMILIES }, (_, n) => n),
  sets = SETS,
): Wishes {
  const roll = dice(seed * 7_919 + 13)
  const below = (most: number) => Math.floor(roll() * most)
  const some = <T>(list: readonly T[], count: number) =>
    list
      .map((one) => [roll(), one] as const)
      .sort((a, b) => a[0] - b[0])
      .slice(0, count)
      .map(([, one]) => one)
  const preset = (['STAT_POINTS', 'STAT_POINTS', 'PUBLISHED_SCORE', 'ARMOR_FIRST', 'DAMAGE_FIRST'] as Preset[])[
    below(5)
  ]!
  const isStrict = roll() < 0.4
  const pieces = isStrict
    ? (
        [
          [5, 4],
          [4, 3],
          [5, 0],
          [4, 5],
        ] as const
      )[below(4)]!
    : ([0, 0] as const)
  return {
    wearer: roll() < 0.5 ? 'Mule 1' : null,
    sets: some(sets, 2).map((id, n) => ({ id, pieces: pieces[n]!, points: setPointsOf(preset, pieces[n]!) })),
    spells: some(families, Math.min(families.length, 4 + below(22))).map((family): SpellWish => ({
      family,
      atLeast: WISH_TIERS[below(4)]!,
      weight: [0.5, 1, 1, 1.5, 2][below(5)]!,
      required: roll() < 0.06,
    })),
    weights: { ...weightsOf(preset), move: roll() < 0.3 ? 3 : 0, tailoring: roll() < 0.3 ? 2.5 : 0 },
    locked: [],
    excluded: [],
    level: roll() < 0.2 ? 150 : null,
    onlyUnequipped: roll() < 0.2,
    maxOwners: null,
    maxTailored: roll() < 0.2 ? below(3) : null,
    floors: roll() < 0.15 ? { HEAD: 100, CHEST: 200 } : {},
    critDamage: roll() < 0.1 ? [0, 1] : null,
  }
}
