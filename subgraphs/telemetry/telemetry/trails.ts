import DataLoader from 'dataloader'
import { STEP_BLOCKS, TELEMETRY_BLOCKS, type BlockLayout } from '../../../shared/db/blocks/columns.ts'
import { columnsNamed, hourStart } from '../../../shared/db/blocks/read-blocks.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { TRACK_STEP_S } from '../../../shared/contract/history-buckets.ts'
import type { Moment } from '../moment.ts'
import { shortest } from '../numbers.ts'
import { inOrder, joinedBlocks, unpackedLists, wholeOf } from '../replay/packed-lists.ts'
import { listOf, type Lists } from '../replay/samples.ts'

export interface TrailPoint {
  at: Date
  ew: number
  ns: number
  z: number | null
}

/** A way as lists side by side. */
export interface Way {
  /** When the leg begins, in ms since 1970; points count from there. */
  begin: number
  ms: number[]
  ew: number[]
  ns: number[]
  z: (number | null)[]
}

export interface TrailRow extends Way {
  character: string
}

/** The requested part of a trail. */
export interface Leg {
  seconds: number
  /** Where it ends; null is now. */
  at: Moment
  /** The most points a character gets. */
  points: number
}

/** A frame that arrived this much later than its neighbours was delivered late and is not part of the current trail. */
const LATE_S = 120

// Milliseconds since the leg began, and seconds it came after it was reported. Places as they were reported; of long
// ways in thousandths of a unit (24 cm), since whole numbers are the quickest to write and read.
const framesOf = (ew: string, ns: string, z: string) => `
  select x.character_id, (date_part('epoch', x.received_at - to_timestamp($1)) * 1000)::int as ms, date_part('epoch',
    x.received_at - x.at)::bigint as late,
    ${ew} as ew, ${ns} as ns, ${z} as z
  from telemetry x where x.received_at > to_timestamp($1) and x.received_at <= to_timestamp($2)`
/** Within what whole numbers hold: a client may say that it is anywhere. */
const thousandths = (place: string) => `(greatest(-1e6, least(1e6, ${place})) * 1000)::int`
const FRAMES = framesOf('x.ew', 'x.ns', 'x.z')
const HEIGHT = `case when x.z is not null then ${thousandths('x.z')} end`
const STEPS = `${framesOf(thousandths('x.ew'), thousandths('x.ns'), HEIGHT)} and x.step`
// One range over all; of few characters, a range of each.
const ofAll = (frames: string) => `${frames} order by x.character_id, x.received_at, x.at`
const ofSome = (frames: string) => `
  select t.* from characters c cross join lateral (${frames} and x.character_id = c.id
    order by x.received_at, x.at) t where c.name = any($4)`
const asLists = (frames: string) => `
  select c.name, t.ms, t.late, t.ew, t.ns, t.z from (
    select character_id, array_agg(ms)::text as ms, array_agg(late)::text as late, array_agg(ew)::text as ew,
      array_agg(ns)::text as ns, array_agg(z)::text as z
    from (${frames}) reported group by character_id) t
  join characters c on c.id = t.character_id`

const PLACES = ['ew', 'ns', 'z'] as const
/** What long and short ways are read from, and how their places are written. */
const SOURCES = {
  frames: source(FRAMES, TELEMETRY_BLOCKS, shortest, 1),
  steps: source(STEPS, STEP_BLOCKS, (value) => wholeOf(value, 1000), 1000),
} as const
type TrailSource = keyof typeof SOURCES

function source(rows: string, layout: BlockLayout, write: (value: number) => number, scale: number) {
  const columns = columnsNamed(layout, ['received_at', 'at', ...PLACES])
  const places = Object.fromEntries(PLACES.map((name) => [name, [name, write] as const]))
  return { rows, layout, columns, places, scale }
}
/** $3 is where the hour of the beginning begins. */
const textOf = (source: TrailSource, ofNamed: boolean): string => {
  const { rows, layout, columns } = SOURCES[source]
  const text = asLists((ofNamed ? ofSome : ofAll)(rows))
  return `${joinedBlocks(layout, columns, { from: '$1', to: '$2', hour: '$3' }, text)}
    where (p.blocks is not null or t.name is not null) ${ofNamed ? 'and c.name = any($4)' : ''}
    order by c.name limit 500`
}
const texts = {
  all: { frames: textOf('frames', false), steps: textOf('steps', false) },
  some: { frames: textOf('frames', true), steps: textOf('steps', true) },
}

const LISTS = ['ms', 'late', ...PLACES] as const
/** One character's frames: each list as text, `{1,NULL}`. The database writes these several times faster than JSON. */
type Frames = { name: string; blocks: Buffer | null } & Record<(typeof LISTS)[number], string | null>

/** Frames out of rows and blocks, in order of receipt; places as their source writes them. */
function listsOf(read: Frames, source: TrailSource, stretch: { fromS: number; toS: number }): Lists {
  const rows: Lists = Object.fromEntries(LISTS.map((name) => [name, listOf(read[name] ?? '{}')]))
  if (!read.blocks) return rows
  const { columns, places } = SOURCES[source]
  return inOrder(unpackedLists(columns, read.blocks, stretch, places), rows)
}

/**
 * The way characters came, oldest point first. Long ways are read by their steps alone: one frame in twenty seconds.
 */
export async function trails(
  pool: Pool,
  { seconds, at, points }: Leg,
  names: readonly string[] | null,
): Promise<TrailRow[]> {
  const end = at === null ? Date.now() : Date.parse(at)
  const begin = end - seconds * 1000
  const source = seconds / points >= TRACK_STEP_S ? 'steps' : 'frames'
  const stretch = { fromS: begin / 1000, toS: end / 1000 }
  const { rows } = await pool.query<Frames>(texts[names ? 'some' : 'all'][source], [
    stretch.fromS,
    stretch.toS,
    hourStart(begin),
    ...(names ? [names] : []),
  ])
  return rows
    .map((row) => ({
      character: row.name,
      ...thinned(listsOf(row, source, stretch), points, begin, SOURCES[source].scale),
    }))
    .filter(({ ms }) => ms.length > 0)
}

/** TEL2: without late deliveries, thinned evenly from the newest point backwards. */
function thinned(lists: Lists, most: number, begin: number, scale: number): Way {
  const kept = inTime(lists['late'] as number[])
  const every = Math.ceil(kept.length / most)
  const chosen = kept.filter((_, n) => (kept.length - 1 - n) % every === 0)
  const placesOf = (name: string) =>
    chosen.map((n) => {
      const place = lists[name]![n]!
      return place === null ? null : place / scale
    })
  return {
    begin,
    ms: chosen.map((n) => lists['ms']![n]!),
    ew: placesOf('ew') as number[],
    ns: placesOf('ns') as number[],
    z: placesOf('z'),
  }
}

/** TEL2: indexes of the frames that were not delivered late, by the seconds each arrived after it was reported. */
export function inTime(late: readonly number[]): number[] {
  // Lateness is measured against the character's own least, since clients' clocks are wrong by any amount.
  let least = Infinity
  for (const seconds of late) least = Math.min(least, seconds)
  const kept: number[] = []
  for (let n = 0; n < late.length; n++) if (late[n]! <= least + LATE_S) kept.push(n)
  return kept
}

/** A way point by point. */
export const pointsOf = ({ begin, ms, ew, ns, z }: Way): TrailPoint[] =>
  ms.map((after, n) => ({ at: new Date(begin + after), ew: ew[n]!, ns: ns[n]!, z: z[n]! }))

const legOf = ({ seconds, at, points }: Leg) => `${seconds} ${at} ${points}`

/** Trails of single characters that ask for the same leg are read together. */
export function trailLoader(pool: Pool) {
  return new DataLoader<Leg & { name: string }, TrailPoint[], string>(
    async (keys) => {
      const legs = new Map(keys.map((key) => [legOf(key), key]))
      const found = new Map<string, TrailPoint[]>()
      for (const [leg, key] of legs) {
        const names = keys.filter((other) => legOf(other) === leg).map((other) => other.name)
        for (const way of await trails(pool, key, names)) found.set(`${leg} ${way.character}`, pointsOf(way))
      }
      return keys.map((key) => found.get(`${legOf(key)} ${key.name}`) ?? [])
    },
    { cacheKeyFn: (key) => `${legOf(key)} ${key.name}` },
  )
}
