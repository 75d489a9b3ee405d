import { byText } from '../../language/language.ts'
import type { Activity } from '../../world/activity.ts'
import { STALE_MS, type WorldStore } from '../../world/world-store.ts'
import type { HourOf } from './hour.ts'
import { texts } from './messages.ts'

/** Figures that change slowly and are asked for, by character. */
export interface SlowFigures {
  tapers: number | null
  onlineSeconds: number | null
  kills: number | null
  /** Items in its packs, and how many fit; null without an inventory. */
  packs: { items: number; capacity: number } | null
}

export interface FleetRow extends SlowFigures {
  name: string
  tag: string | null
  live: boolean
  /** Milliseconds since the newest frame; Infinity when none ever came. */
  ageMs: number
  activity: Activity
  /** The macro's own word for its state. */
  state: string | null
  /** Percent, -1 while unknown. */
  health: number
  stamina: number
  mana: number
  vitae: number
  killsPerHour: number | null
  /** 0 to 1 and beyond; null without an inventory. */
  fill: number | null
  hour: HourOf | null
  needs: readonly Need[]
}

export type NeedKind = 'vitae' | 'silent' | 'tapers' | 'packs' | 'idle'
export interface Need {
  kind: NeedKind
  /** The reason in words. */
  text: string
}

export const FEW_TAPERS = 100
export const FULL_PACKS = 0.95
/** A hunter that stands without a kill for so long is idle … */
export const IDLE_MS = 5 * 60_000
/** … and one that travels for so long is stuck. */
export const STUCK_MS = 15 * 60_000
/** Silent for longer than this is no news: the character was logged off. */
export const SILENT_UNTIL_MS = 30 * 60_000

type Judged = Pick<FleetRow, 'live' | 'ageMs' | 'activity' | 'vitae' | 'tapers' | 'fill' | 'hour'>

/**
 * Why somebody should look at this character now, the most urgent reason first. Characters that are logged off need
 * nothing. `spanText` writes milliseconds for people.
 */
export function needsOf(row: Judged, spanText: (ms: number) => string): Need[] {
  const needs: Need[] = []
  if (!row.live && row.ageMs >= SILENT_UNTIL_MS) return needs
  if (row.vitae > 0) needs.push({ kind: 'vitae', text: texts.vitae(Math.round(row.vitae)) })
  if (!row.live) needs.push({ kind: 'silent', text: texts.silentFor(spanText(row.ageMs)) })
  if (row.tapers !== null && row.tapers < FEW_TAPERS) needs.push({ kind: 'tapers', text: tapersText(row.tapers) })
  if (row.fill !== null && row.fill >= FULL_PACKS)
    needs.push({
      kind: 'packs',
      text: row.fill >= 1 ? texts.packsFull : texts.packsFullOfFill(Math.floor(row.fill * 100)),
    })
  const pause = row.hour?.sinceKillMs ?? null
  const limit = row.activity === 'travelling' ? STUCK_MS : IDLE_MS
  if (row.live && row.activity !== 'hunting' && pause !== null && pause >= limit)
    needs.push({ kind: 'idle', text: texts.noKillFor(spanText(pause)) })
  return needs
}

const tapersText = (tapers: number) => (tapers === 0 ? texts.noTapers : texts.tapersLeft(tapers))

/** One row for every character, in the order of the world. `spanText` writes milliseconds for people. */
export function fleetRows(
  world: WorldStore,
  now: number,
  slow: ReadonlyMap<string, SlowFigures>,
  hours: ReadonlyMap<string, HourOf>,
  spanText: (ms: number) => string,
): FleetRow[] {
  return world.names.map((name, i) => {
    const asked = slow.get(name)
    const ageMs = world.ageMs(i, now)
    const packs = asked?.packs ?? null
    const isHeard = world.placedAt[i]! > 0
    const row = {
      name,
      tag: world.tags[i]!,
      live: ageMs < STALE_MS,
      ageMs,
      activity: world.activityAt(i, now),
      state: world.states[i]!,
      health: world.health[i]!,
      stamina: world.stamina[i]!,
      mana: world.mana[i]!,
      vitae: world.vitae[i]!,
      killsPerHour: isHeard ? world.killsPerHour[i]! : null,
      kills: isHeard ? world.kills[i]! : (asked?.kills ?? null),
      tapers: asked?.tapers ?? null,
      onlineSeconds: asked?.onlineSeconds ?? null,
      packs,
      fill: packs && packs.capacity > 0 ? packs.items / packs.capacity : null,
      hour: hours.get(name) ?? null,
    }
    return { ...row, needs: needsOf(row, spanText) }
  })
}

export const columns = [
  {
    id: 'name',
    get name() {
      return texts.name
    },
  },
  {
    id: 'state',
    get name() {
      return texts.state
    },
  },
  {
    id: 'health',
    get name() {
      return texts.vitals
    },
  },
  {
    id: 'vitae',
    get name() {
      return texts.vitaeLabel
    },
  },
  {
    id: 'killsPerHour',
    get name() {
      return texts.killsPerHour
    },
  },
  {
    id: 'kills',
    get name() {
      return texts.kills
    },
  },
  {
    id: 'tapers',
    get name() {
      return texts.tapers
    },
  },
  {
    id: 'fill',
    get name() {
      return texts.packs
    },
  },
  {
    id: 'onlineSeconds',
    get name() {
      return texts.session
    },
  },
  {
    id: 'ageMs',
    get name() {
      return texts.seen
    },
  },
] as const
export type ColumnId = (typeof columns)[number]['id']
export interface FleetSort {
  by: ColumnId
  falling: boolean
}

/** Figures where the greatest one is looked for first. */
const FALLING = new Set<ColumnId>(['vitae', 'killsPerHour', 'kills', 'fill', 'onlineSeconds'])

/** The order after a click on a column: the usual direction first, the other one at the second click. */
export const nextSort = (sort: FleetSort, by: ColumnId): FleetSort =>
  sort.by === by ? { by, falling: !sort.falling } : { by, falling: FALLING.has(by) }

/** The value a column is ordered by; null (unknown) comes last in both directions. */
function sortValue(row: FleetRow, by: ColumnId): number | string | null {
  if (by === 'name') return row.name.toLowerCase()
  if (by === 'state') return row.activity
  if (by === 'health') return row.health < 0 ? null : row.health
  return row[by]
}

/** Live ones first, then by the column; names decide ties, so that rows keep their places. */
export function sortRows(rows: readonly FleetRow[], { by, falling }: FleetSort): FleetRow[] {
  return [...rows].sort((a, b) => {
    if (a.live !== b.live) return a.live ? -1 : 1
    const [one, other] = [sortValue(a, by), sortValue(b, by)]
    if (one !== other) {
      if (one === null) return 1
      if (other === null) return -1
      return one < other === falling ? 1 : -1
    }
    return byText(a.name, b.name)
  })
}

/** Rows whose name, tag or state contains the text, ignoring case. */
export function filterRows(rows: readonly FleetRow[], text: string): FleetRow[] {
  const wanted = text.trim().toLowerCase()
  if (!wanted) return [...rows]
  return rows.filter(({ name, tag, state, activity }) =>
    [name, tag, state, activity].some((part) => part?.toLowerCase().includes(wanted)),
  )
}

const URGENCY: readonly NeedKind[] = ['vitae', 'silent', 'tapers', 'packs', 'idle']

/** Who needs somebody now: the most urgent reason first, names decide ties. */
export function needyRows(rows: readonly FleetRow[]): FleetRow[] {
  const rank = ({ needs }: FleetRow) => URGENCY.indexOf(needs[0]!.kind)
  return rows
    .filter(({ needs }) => needs.length > 0)
    .sort((a, b) => rank(a) - rank(b) || b.needs.length - a.needs.length || byText(a.name, b.name))
}
