import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { bucketOf, BUCKET_S, BUCKETS_AN_HOUR } from '../../../shared/contract/history-buckets.ts'

const BUCKET_MS = BUCKET_S * 1000
const MAX_BUCKETS = 400 * 24 * BUCKETS_AN_HOUR
const MAX_CHARACTERS = 500

/** Buckets of five minutes since 1970: the first, and the one after the last. */
export interface RateWindow {
  from: number
  to: number
}

interface Figures {
  kills: number
  deaths: number
  tapersUsed: number
  rares: number
  onlineSeconds: number
}
export interface RatesRow extends Figures, RateWindow {
  character: string
  xp: number | null
  luminance: number | null
  /** Hours between the sheets that are compared. */
  sheetHours: number | null
}
export interface FleetRow extends RateWindow {
  rows: RatesRow[]
}

/** The window of some hours up to now, the running bucket included. */
export const lastHours = (hours: number): RateWindow => {
  const to = bucketOf(Date.now()) + 1
  return { from: to - hours * BUCKETS_AN_HOUR, to }
}

/** The buckets that a window touches, none after the running one. Refuses one the wrong way round, or too long. */
export function bucketsBetween(since: Date | string, until: Date | string | null | undefined): RateWindow {
  const now = Date.now()
  const from = bucketOf(new Date(since).getTime())
  const end = Math.min(until == null ? now : new Date(until).getTime(), now)
  const to = Math.ceil(end / BUCKET_MS)
  if (to <= from) throw fault('BAD_USER_INPUT', '`since` must be before `until`, and not in the future.')
  if (to - from > MAX_BUCKETS) throw fault('BAD_USER_INPUT', 'A window is at most 400 days.')
  return { from, to }
}

export const beginOf = ({ from }: RateWindow): Date => new Date(from * BUCKET_MS)
export const endOf = ({ to }: RateWindow): Date => new Date(Math.min(to * BUCKET_MS, Date.now()))
/** How long a window is, in hours; of one that is not over, until now. */
export const lengthOf = (window: RateWindow): number =>
  (endOf(window).getTime() - beginOf(window).getTime()) / 3_600_000

// Whole hours are read as such ($6 to $7), and buckets before and after them ($4 to $5, $8 to $9).
// Sheets are compared over the time between them: the newest in the window with the last one before it, or with the
// first within.
const RATES = `
  select c.name as character, t.kills, t.deaths, t.tapers as "tapersUsed", t.online_s as "onlineSeconds", r.rares,
    g.xp, g.luminance, g.hours as "sheetHours"
  from characters c
    cross join lateral (
      select coalesce(sum(kills), 0)::bigint as kills, coalesce(sum(deaths), 0)::bigint as deaths,
        coalesce(sum(tapers_used), 0)::bigint as tapers, coalesce(sum(online_s), 0)::bigint as online_s
      from (
        select kills, deaths, tapers_used, online_s from tally_hours h
          where h.character_id = c.id and h.hour >= $6 and h.hour < $7
        union all select kills, deaths, tapers_used, online_s from tally_spans s
          where s.character_id = c.id and s.span >= $4 and s.span < $5
        union all select kills, deaths, tapers_used, online_s from tally_spans s
          where s.character_id = c.id and s.span >= $8 and s.span < $9) grown) t
    cross join lateral (select count(*)::int as rares from rares f where f.character_id = c.id
      and f.received_at >= $2 and f.received_at < $3) r
    left join lateral (
      select last.total_xp - first.total_xp as xp, last.luminance_earned - first.luminance_earned as luminance,
        (extract(epoch from last.received_at - first.received_at) / 3600)::float8 as hours
      from (select * from sheet_history s where s.character_id = c.id and s.received_at < $3
          order by s.received_at desc limit 1) last,
        (select * from sheet_history s where s.character_id = c.id and s.received_at >= coalesce(
          (select max(b.received_at) from sheet_history b where b.character_id = c.id
            and b.received_at <= $2), '-infinity')
         order by s.received_at limit 1) first
      where last.received_at > $2) g on true
  where $1::text[] is null or c.name = any($1) order by c.name`

interface RatesKey extends RateWindow {
  name: string
}

/** Rates of characters over the same hours are read together. */
export function ratesLoader(pool: Pool) {
  const cutOf = ({ from, to }: RateWindow) => `${from} ${to}`
  return new DataLoader<RatesKey, RatesRow | null, string>(
    async (keys) => {
      const found = new Map<string, RatesRow>()
      for (const [cut, window] of new Map(keys.map((key) => [cutOf(key), key]))) {
        const names = keys.filter((key) => cutOf(key) === cut).map((key) => key.name)
        for (const row of await ratesOf(pool, names, window)) found.set(`${cut} ${row.character}`, row)
      }
      return keys.map((key) => found.get(`${cutOf(key)} ${key.name}`) ?? null)
    },
    { cacheKeyFn: (key) => `${cutOf(key)} ${key.name}` },
  )
}

async function ratesOf(pool: Pool, names: readonly string[] | null, { from, to }: RateWindow): Promise<RatesRow[]> {
  const firstHour = Math.ceil(from / BUCKETS_AN_HOUR)
  const endHour = Math.max(Math.floor(to / BUCKETS_AN_HOUR), firstHour)
  const headEnd = Math.min(firstHour * BUCKETS_AN_HOUR, to)
  const tail = Math.max(endHour * BUCKETS_AN_HOUR, headEnd)
  const { rows } = await pool.query<RatesRow>(RATES, [
    names,
    new Date(from * BUCKET_MS),
    new Date(to * BUCKET_MS),
    from,
    headEnd,
    firstHour,
    endHour,
    tail,
    to,
  ])
  return rows.map((row) => ({ ...row, from, to }))
}

/** The rates of all characters, or of those named, that did anything in a window. */
export async function fleetRates(pool: Pool, names: readonly string[] | null, window: RateWindow): Promise<FleetRow> {
  const all = await ratesOf(pool, names, window)
  const { from, to } = window
  return { from, to, rows: all.filter((row) => row.onlineSeconds || row.kills || row.rares || row.xp) }
}

/** One figure of all characters together. */
export const sumOf = ({ rows }: FleetRow, figure: keyof Figures | 'xp' | 'luminance'): number =>
  rows.reduce((sum, row) => sum + (row[figure] ?? 0), 0)

export const charactersOf = ({ rows }: FleetRow): RatesRow[] => rows.slice(0, MAX_CHARACTERS)
