import { byText } from '../../language/language.ts'
import { formatPlace } from '../../../../shared/world/dereth/coordinates.ts'
import type { Activity } from '../../world/activity.ts'
import { STALE_MS, type WorldStore } from '../../world/world-store.ts'
import { texts } from './messages.ts'

export interface RosterRow {
  name: string
  tag: string | null
  live: boolean
  ageMs: number
  activity: Activity
  place: string
  killsPerHour: number
  health: number
  isFavourite: boolean
}

export const rosterSorts = ['name', 'kills', 'health'] as const
export type RosterSort = (typeof rosterSorts)[number]

/** Favourites first, then live ones, then as asked; names decide ties, so that rows do not hop about. */
export function rosterRows(
  world: WorldStore,
  now: number,
  search: string,
  sort: RosterSort,
  favourites: ReadonlySet<string> = new Set(),
): RosterRow[] {
  const wanted = search.trim().toLowerCase()
  const rows: RosterRow[] = []
  for (let i = 0; i < world.size; i++) {
    const name = world.names[i]!
    const tag = world.tags[i]!
    if (wanted && !name.toLowerCase().includes(wanted) && !tag?.toLowerCase().includes(wanted)) continue
    const ageMs = world.ageMs(i, now)
    rows.push({
      name,
      tag,
      ageMs,
      live: ageMs < STALE_MS && world.placedAt[i]! > 0,
      activity: world.activityAt(i, now),
      place: placeOf(world, i),
      killsPerHour: world.killsPerHour[i]!,
      health: world.health[i]!,
      isFavourite: favourites.has(name),
    })
  }
  return rows.sort(
    (a, b) =>
      Number(b.isFavourite) - Number(a.isFavourite) ||
      Number(b.live) - Number(a.live) ||
      compare(a, b, sort) ||
      byText(a.name, b.name),
  )
}

function placeOf(world: WorldStore, i: number): string {
  if (world.placedAt[i] === 0) return ''
  return world.isBelow(i) ? texts.belowGround : formatPlace({ ew: world.ew[i]!, ns: world.ns[i]! })
}

/** Busiest first; weakest first, since those are looked for; unknown health last. */
function compare(a: RosterRow, b: RosterRow, sort: RosterSort): number {
  if (sort === 'kills') return b.killsPerHour - a.killsPerHour
  if (sort === 'health') return (a.health < 0 ? 101 : a.health) - (b.health < 0 ? 101 : b.health)
  return 0
}
