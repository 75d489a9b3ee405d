import { byText } from '../../../language/language.ts'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { WorldStore } from '../../../world/world-store.ts'
import type { Colouring } from '../../dot-look.ts'
import type { MapInks } from '../../map-inks.ts'

export interface DotGroup {
  name: string
  /** Its place in the order of names. */
  nth: number
  count: number
}

/** Each step of it stands far off the steps before. */
const GOLDEN_DEG = 137.5

/** Grey for those without a tag or an owner. */
export const groupColour = (nth: number | undefined, { lightness }: Pick<MapInks, 'lightness'>): string =>
  nth === undefined
    ? `hsl(210 12% ${lightness}%)`
    : `hsl(${Math.round((200 + nth * GOLDEN_DEG) % 360)} 78% ${lightness}%)`

/** Groups by name, so that a colour changes only when a group appears or goes. */
export function groupsOf(names: readonly string[], groupOf: (name: string, i: number) => string | null | undefined) {
  const counts = new Map<string, number>()
  names.forEach((name, i) => {
    const group = groupOf(name, i)
    if (group) counts.set(group, (counts.get(group) ?? 0) + 1)
  })
  const groups = [...counts]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, count], nth): DotGroup => ({ name, nth, count }))
  const nths = new Map(groups.map(({ name, nth }) => [name, nth]))
  const of = new Map<string, number>()
  names.forEach((name, i) => {
    const nth = nths.get(groupOf(name, i) ?? '')
    if (nth !== undefined) of.set(name, nth)
  })
  return { groups, of }
}

/** The groups that dots are coloured by: tags, or owners. */
export const useDotGroups = defineStore('dot-groups', () => {
  const groups = shallowRef<readonly DotGroup[]>([])
  /** Which group a character is in. */
  const of = shallowRef<ReadonlyMap<string, number>>(new Map())
  let last = ''
  function sort({ names, tags }: WorldStore, by: Colouring, owners: ReadonlyMap<string, string>) {
    const isGrouped = by === 'tag' || by === 'owner'
    const found = isGrouped
      ? groupsOf(names, (name, i) => (by === 'tag' ? tags[i] : owners.get(name)))
      : { groups: [], of: new Map<string, number>() }
    const now = JSON.stringify([found.groups, [...found.of]])
    if (now === last) return
    last = now
    groups.value = found.groups
    of.value = found.of
  }
  return { groups, of, sort }
})
