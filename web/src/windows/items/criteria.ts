// What is searched for, as the window's fields hold it, and as it is asked of the graph and kept by name.
import * as v from 'valibot'
import type { ItemOrder, ItemSlot, ItemSort, ItemWhere, SpellTier } from '../../generated/types.ts'
import type { SpellChoice } from '../../item/spell-search.ts'
import { sorts } from './sorts.ts'
import { texts } from './messages.ts'

export const facetNames = ['characters', 'objectClasses', 'sets', 'slots', 'materials', 'tiers'] as const
export type FacetName = (typeof facetNames)[number]

/** Figures that may be bounded: what they are called, and their unit. `step` is of the field. */
export type RangeName = keyof typeof texts.rangeNames
export type RatingName = keyof typeof texts.ratingNames
export type SpellMode = 'all' | 'any' | 'none'

export interface Bounds {
  min?: number | undefined
  max?: number | undefined
}

const keys = v.optional(v.array(v.pipe(v.string(), v.maxLength(120))), [])
const bounds = v.object({
  min: v.optional(v.pipe(v.number(), v.finite())),
  max: v.optional(v.pipe(v.number(), v.finite())),
})
const spell = v.object({
  label: v.pipe(v.string(), v.maxLength(120)),
  match: v.strictObject({
    id: v.optional(v.pipe(v.number(), v.integer())),
    name: v.optional(v.pipe(v.string(), v.maxLength(100))),
    family: v.optional(v.pipe(v.number(), v.integer())),
    familyName: v.optional(v.pipe(v.string(), v.maxLength(100))),
    tier: v.optional(v.string()),
    atLeast: v.optional(v.string()),
  }),
})
const spells = v.optional(v.array(spell), [])
const flag = v.optional(v.nullable(v.boolean()), null)
const CriteriaSchema = v.object({
  text: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  facets: v.optional(
    v.object(Object.fromEntries(facetNames.map((name) => [name, keys])) as Record<FacetName, typeof keys>),
    {},
  ),
  equipped: flag,
  appraised: flag,
  usableBy: v.optional(v.nullable(v.string()), null),
  spells: v.optional(v.object({ all: spells, any: spells, none: spells }), {}),
  ranges: v.optional(v.record(v.string(), bounds), {}),
  ratings: v.optional(v.record(v.string(), bounds), {}),
  by: v.optional(v.fallback(v.picklist(Object.keys(sorts) as ItemSort[]), 'NAME'), 'NAME'),
  direction: v.optional(v.picklist(['ASC', 'DESC']), 'ASC'),
})

export interface Criteria {
  text: string
  facets: Record<FacetName, string[]>
  equipped: boolean | null
  appraised: boolean | null
  usableBy: string | null
  spells: Record<SpellMode, SpellChoice[]>
  ranges: Partial<Record<RangeName, Bounds>>
  ratings: Partial<Record<RatingName, Bounds>>
  by: ItemSort
  direction: 'ASC' | 'DESC'
}

/** Everything, by name. */
export const everything = (): Criteria => v.parse(CriteriaSchema, {}) as Criteria

/** Reads criteria that somebody kept; null when there is nothing to use in them. */
export function readCriteria(kept: unknown): Criteria | null {
  const read = v.safeParse(CriteriaSchema, kept)
  return read.success ? (read.output as Criteria) : null
}

/** What is worth keeping of them: not what says nothing. */
export function keptOf(criteria: Criteria): object {
  const isSet = (value: unknown): boolean =>
    value !== null && value !== '' && (typeof value !== 'object' || Object.values(value).some(isSet))
  const bare = (value: object): object =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => isSet(one))
        .map(([key, one]) => [key, one && typeof one === 'object' && !Array.isArray(one) ? bare(one as object) : one]),
    )
  return bare(criteria)
}

const MAX_INT = 2_147_483_647
const isBound = ({ min, max }: Bounds) => min !== undefined || max !== undefined
const whole = (value: number | undefined, round: (value: number) => number) =>
  value === undefined ? {} : { value: Math.max(-MAX_INT, Math.min(MAX_INT, round(value))) }
/** The graph takes whole numbers within 32 bits; what lies beyond asks for the same. */
function intRange({ min, max }: Bounds) {
  const [low, high] = [whole(min, Math.ceil), whole(max, Math.floor)]
  return { ...('value' in low && { min: low.value }), ...('value' in high && { max: high.value }) }
}
function spellWhere(spells: Criteria['spells']) {
  const used = (Object.entries(spells) as [SpellMode, SpellChoice[]][]).filter(([, choices]) => choices.length > 0)
  return used.length === 0
    ? {}
    : { spells: Object.fromEntries(used.map(([mode, choices]) => [mode, choices.map(({ match }) => match)])) }
}

/** The same as the graph asks for it. `without`: but for this facet, to count what else could be chosen there. */
export function whereOf(criteria: Criteria, without?: FacetName): ItemWhere {
  const { text, facets, equipped, appraised, usableBy } = criteria
  const chosen = (name: FacetName) => (name !== without && facets[name].length > 0 ? facets[name] : null)
  const numbers = (name: 'objectClasses' | 'sets' | 'materials') => {
    const list = chosen(name)
    return list && { [name]: list.map(Number).filter(Number.isSafeInteger) }
  }
  const characters = chosen('characters')
  const slots = chosen('slots')
  const tiers = chosen('tiers')
  const ranges = Object.entries(criteria.ranges).filter(([name, one]) => name in texts.rangeNames && isBound(one))
  const ratings = Object.entries(criteria.ratings).filter(([name, one]) => name in texts.ratingNames && isBound(one))
  return {
    ...(text.trim() && { text: text.trim() }),
    ...(characters && { characters }),
    ...numbers('objectClasses'),
    ...numbers('sets'),
    ...numbers('materials'),
    ...(slots && { slots: slots as ItemSlot[] }),
    ...(tiers && { tiers: tiers as SpellTier[] }),
    ...(equipped !== null && { equipped }),
    ...(appraised !== null && { appraised }),
    ...(usableBy && { usableBy }),
    ...Object.fromEntries(ranges.map(([name, one]) => [name, name === 'workmanship' ? one : intRange(one)])),
    ...(ratings.length > 0 && { ratings: Object.fromEntries(ratings.map(([name, one]) => [name, intRange(one)])) }),
    ...spellWhere(criteria.spells),
  }
}

export const orderOf = ({ by, direction }: Criteria): ItemOrder => ({ by, direction })

/** How many conditions are set, the text not counted. */
export function countConditions({ facets, equipped, appraised, usableBy, spells, ranges, ratings }: Criteria): number {
  const lists = [...Object.values(facets), ...Object.values(spells)].reduce((sum, list) => sum + list.length, 0)
  const bounds = [...Object.values(ranges), ...Object.values(ratings)].filter(isBound).length
  return lists + bounds + Number(equipped !== null) + Number(appraised !== null) + Number(usableBy !== null)
}
