// The filters of the map: what is looked for, in which colour, and what is done with the other characters.
import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { MapMarkColour } from '../../../generated/types.ts'
import { markInks } from '../mark-look.ts'

export interface MapFilter {
  /** Words, as `readFilter` reads them. */
  text: string
  colour: MapMarkColour
  isOn: boolean
}

/** What is done with characters that no filter found. */
export const otherWays = ['faded', 'hidden', 'usual'] as const
export type Others = (typeof otherWays)[number]

/** All that a preset keeps. */
export interface FilterSet {
  others: Others
  filters: readonly MapFilter[]
}

/** What the graph said to the words of a filter. */
export interface Found {
  names: ReadonlySet<string>
  count: number | null
  fault?: string | undefined
}

export const MAX_FILTERS = 8
const MAX_TEXT = 300
export const filterColours = Object.keys(markInks.dark) as MapMarkColour[]

/** What was stored or sent, as far as it can be used; null if it is no set of filters. */
export function readFilterSet(kept: unknown): FilterSet | null {
  const { others, filters } = (kept ?? {}) as Partial<FilterSet>
  if (!Array.isArray(filters)) return null
  const usable = (filters as Partial<MapFilter>[]).filter(
    (one) => typeof one?.text === 'string' && one.text.length <= MAX_TEXT,
  )
  return {
    others: otherWays.find((one) => one === others) ?? 'faded',
    filters: usable.slice(0, MAX_FILTERS).map(({ text, colour, isOn }) => ({
      text: text!,
      colour: filterColours.find((one) => one === colour) ?? 'YELLOW',
      isOn: isOn !== false,
    })),
  }
}

/** `faded;GREEN live mine;RED tag:mules`: the filters that are on, for the address. */
export function writeFilters({ others, filters }: FilterSet): string | null {
  const on = filters.filter(({ isOn }) => isOn)
  return on.length === 0 ? null : [others, ...on.map(({ colour, text }) => `${colour} ${text}`)].join(';')
}

export function readFilters(text: string): FilterSet {
  const [others, ...parts] = text.split(';')
  const filters = parts.map((part) => {
    const [colour = '', ...words] = part.split(' ')
    return { colour: colour as MapMarkColour, text: words.join(' '), isOn: true }
  })
  return readFilterSet({ others, filters })!
}

export const useMapFilters = defineStore('map-filters', () => {
  const stored = useLocalStorage<unknown>('overlord.map-filters', { others: 'faded', filters: [] })
  const set = computed<FilterSet>({
    get: () => readFilterSet(stored.value) ?? { others: 'faded', filters: [] },
    set: (value) => (stored.value = value),
  })
  /** By the words of the filter. */
  const found = shallowRef<ReadonlyMap<string, Found>>(new Map())
  const on = computed(() => set.value.filters.filter(({ isOn }) => isOn))
  const others = computed<Others>({
    get: () => set.value.others,
    set: (value) => (set.value = { ...set.value, others: value }),
  })
  /** Owners by character. */
  const owners = shallowRef<ReadonlyMap<string, string>>(new Map())

  const change = (filters: readonly MapFilter[]) => (set.value = { ...set.value, filters })
  /** Semicolons separate filters in the address. */
  const plain = (text: string) => text.replaceAll(';', ' ').trim().slice(0, MAX_TEXT)
  function add(words: string) {
    const text = plain(words)
    const used = new Set(set.value.filters.map(({ colour }) => colour))
    const colour = filterColours.find((one) => !used.has(one)) ?? 'YELLOW'
    if (text && set.value.filters.length < MAX_FILTERS) change([...set.value.filters, { text, colour, isOn: true }])
  }
  const update = (at: number, part: Partial<MapFilter>) =>
    change(
      set.value.filters.map((one, i) =>
        i === at ? { ...one, ...part, ...(part.text !== undefined && { text: plain(part.text) }) } : one,
      ),
    )
  const remove = (at: number) => change(set.value.filters.filter((_, i) => i !== at))

  const isOnly = (text: string) => on.value.length === 1 && on.value[0]!.text === text && others.value === 'hidden'
  /** Shows only what these words find, or all again. */
  function toggleOnly(text: string) {
    const isWanted = !isOnly(text)
    const rest = set.value.filters.filter((one) => one.text !== text).map((one) => ({ ...one, isOn: false }))
    if (!isWanted) set.value = { others: 'faded', filters: rest }
    else
      set.value = {
        others: 'hidden',
        filters: [{ text, colour: 'GREEN', isOn: true }, ...rest.slice(0, MAX_FILTERS - 1)],
      }
  }
  return { set, found, on, others, owners, add, update, remove, isOnly, toggleOnly }
})
