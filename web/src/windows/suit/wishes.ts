// What somebody wants of a suit: as the window's fields hold it, as it is kept, and as it is asked of the graph.
import * as v from 'valibot'
import { setName } from '../../../../shared/world/dereth/equipment-sets.ts'
import type {
  JointSuitInput,
  SuitInput,
  SuitPlace,
  SuitPreset,
  SuitRating,
  SuitHypotheticalInput,
  SuitTier,
} from '../../generated/types.ts'
import { ratingRules, suitRatings, weightNames } from './presets.ts'
import { texts } from './messages.ts'

export const MAX_WEARERS = 5
export const MAX_SPELLS = 40
const MAX_LOCKED = 18
export const MAX_SUPPOSED = 10
export const MAX_SUPPOSED_SPELLS = 20
export const tiers = ['MINOR', 'MAJOR', 'EPIC', 'LEGENDARY'] as const satisfies readonly SuitTier[]
export const places = Object.keys(texts.placeNames) as SuitPlace[]
/** Places of armor: what is worn there counts for sets. */
export const bodyPlaces: readonly SuitPlace[] = places.slice(0, places.indexOf('SHIRT'))
const whole = (from: number, to: number) => v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to))
const points = (most: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(most))
const name = v.pipe(v.string(), v.maxLength(120))
const names = (most: number) => v.optional(v.pipe(v.array(name), v.maxLength(most)), [])
const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema), null)
const item = v.object({ item: name, name })
const family = whole(0, 1_000_000)
/** An item that the wearer does not own: what would it gain? */
const SupposedSchema = v.object({
  place: v.picklist(places),
  armor: v.optional(whole(0, 5_000), 0),
  set: maybe(whole(0, 100_000)),
  spells: v.optional(v.pipe(v.array(v.object({ family, label: name })), v.maxLength(MAX_SUPPOSED_SPELLS)), []),
  tier: v.optional(v.picklist(tiers), 'LEGENDARY'),
})
export type SupposedWish = v.InferOutput<typeof SupposedSchema>
const WishesSchema = v.object({
  server: v.optional(name, ''),
  wearers: names(MAX_WEARERS),
  characters: names(500),
  without: names(500),
  sets: v.optional(v.pipe(v.array(v.object({ id: whole(0, 100_000), pieces: whole(0, 9) })), v.maxLength(2)), []),
  spells: v.optional(
    v.pipe(
      v.array(
        v.object({
          family,
          label: name,
          atLeast: v.optional(v.picklist(tiers), 'MINOR'),
          must: v.optional(v.boolean(), false),
        }),
      ),
      v.maxLength(MAX_SPELLS),
    ),
    [],
  ),
  preset: v.optional(v.picklist(Object.keys(texts.presetNames) as SuitPreset[]), 'STAT_POINTS'),
  weights: v.optional(v.partial(v.object(v.entriesFromList(weightNames, points(10_000)))), {}),
  ratings: v.optional(v.partial(v.object(v.entriesFromList(suitRatings, points(1_000)))), {}),
  level: maybe(whole(1, 999)),
  onlyUnequipped: v.optional(v.boolean(), false),
  mostOwners: maybe(whole(1, 98)),
  mostTailored: maybe(whole(0, 18)),
  critDamage: v.optional(v.pipe(v.array(whole(0, 100)), v.maxLength(20)), []),
  floors: v.optional(v.record(v.picklist(places), whole(0, 5_000)), {}),
  locked: v.optional(
    v.pipe(
      v.array(v.object({ ...item.entries, places: v.optional(v.array(v.picklist(places)), []) })),
      v.maxLength(MAX_LOCKED),
    ),
    [],
  ),
  excluded: v.optional(v.pipe(v.array(item), v.maxLength(500)), []),
  supposed: v.optional(v.pipe(v.array(SupposedSchema), v.maxLength(MAX_SUPPOSED)), []),
  alternatives: v.optional(whole(0, 9), 2),
  differBy: v.optional(whole(1, 18), 3),
  timeLimit: v.optional(whole(1, 60), 20),
})

export type Wishes = Omit<v.InferOutput<typeof WishesSchema>, 'floors'> & { floors: Partial<Record<SuitPlace, number>> }
export type SpellWish = Wishes['spells'][number]

/** Any suit of all items, worth what the first preset says. */
export const anySuit = (): Wishes => v.parse(WishesSchema, {}) as Wishes

/** Reads wishes that somebody kept; null when there is nothing to use in them. */
export function readWishes(kept: unknown): Wishes | null {
  const read = v.safeParse(WishesSchema, kept)
  return read.success ? (read.output as Wishes) : null
}

/** What is worth keeping of them: not what says the same as saying nothing. */
export function keptWishes(wishes: Wishes): object {
  const nothing = anySuit() as unknown as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(wishes).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(nothing[key])),
  )
}

function weightsInput({ weights, ratings, preset }: Wishes) {
  const received = Object.keys(weights).length > 0 || Object.keys(ratings).length > 0
  if (!received) return {}
  const own = suitRatings.filter((rating) => ratings[rating] !== undefined)
  return {
    weights: {
      ...weights,
      // The graph takes all ratings together: unchanged ones stay as in the preset.
      ...(own.length > 0 && {
        ratings: [
          ...ratingRules(preset).filter(({ rating }) => ratings[rating as SuitRating] === undefined),
          ...own.map((rating) => ({ rating, points: [0], beyond: ratings[rating]!, onClothes: false })),
        ],
      }),
    },
  }
}

/** What to call a supposed item: it has no name of its own. */
export const supposedName = ({ place, armor, set, spells, tier }: SupposedWish): string =>
  [
    texts.placeNames[place],
    ...(set === null ? [] : [setName(set)]),
    ...(armor ? [texts.armorOfArmor(armor)] : []),
    ...(spells.length ? [`${tier.toLowerCase()} ${spells.map(({ label }) => label).join(', ')}`] : []),
  ].join(', ')

const supposedInput = (one: SupposedWish): SuitHypotheticalInput => ({
  name: supposedName(one).slice(0, 100),
  places: [one.place],
  armorLevel: one.armor,
  ...(one.set !== null && { setId: one.set }),
  cantrips: one.spells.map(({ family }) => ({ family, tier: one.tier })),
})

/** The wishes as the graph is asked for one suit. `swaps`: so many single improvements of what the wearer wears. */
export function inputOf(wishes: Wishes, server: string, swaps = 0): SuitInput {
  const { wearers, characters, level, mostOwners, mostTailored, critDamage } = wishes
  const single = wearers.length === 1
  return {
    server: wishes.server || server,
    ...(single && { wearer: wearers[0]!, swaps, hypothetical: wishes.supposed.map(supposedInput) }),
    ...(characters.length > 0 && { characters }),
    excludedCharacters: wishes.without,
    sets: wishes.sets.map(({ id, pieces }) => ({ setId: id, pieces })),
    spells: wishes.spells.map(({ family, atLeast, must }) => ({ family, atLeast, required: must })),
    preset: wishes.preset,
    ...weightsInput(wishes),
    locked: wishes.locked.map(({ item, places }) => ({ item, ...(places.length > 0 && { places }) })),
    excluded: wishes.excluded.map(({ item }) => item),
    ...(level !== null && { level }),
    onlyUnequipped: wishes.onlyUnequipped,
    ...(mostOwners !== null && { maxOwners: mostOwners }),
    ...(mostTailored !== null && { maxTailored: mostTailored }),
    floors: Object.entries(wishes.floors).map(([place, armor]) => ({ place: place as SuitPlace, armor })),
    ...(critDamage.length > 0 && { critDamage }),
    alternatives: wishes.alternatives,
    differBy: wishes.differBy,
    timeLimitSeconds: wishes.timeLimit,
  }
}

/** The wishes as the graph is asked for suits of several at once, each wanting the same. */
export function jointInputOf(wishes: Wishes, server: string): JointSuitInput {
  const { alternatives: _, ...rest } = inputOf(wishes, server)
  return { wishes: rest, wearers: wishes.wearers.map((wearer) => ({ wearer })) }
}

/** The wishes with an item locked in its places, once; what was excluded is so no longer. */
export const withLock = (wishes: Wishes, lock: Wishes['locked'][number]): Wishes => ({
  ...without(wishes, lock.item),
  locked: [...without(wishes, lock.item).locked, lock].slice(-MAX_LOCKED),
})
/** The wishes with an item that no suit may wear. */
export const withExclusion = (wishes: Wishes, excluded: Wishes['excluded'][number]): Wishes => ({
  ...without(wishes, excluded.item),
  excluded: [...without(wishes, excluded.item).excluded, excluded],
})
/** The wishes with an item neither locked nor excluded. */
export const without = (wishes: Wishes, id: string): Wishes => ({
  ...wishes,
  locked: wishes.locked.filter(({ item }) => item !== id),
  excluded: wishes.excluded.filter(({ item }) => item !== id),
})
