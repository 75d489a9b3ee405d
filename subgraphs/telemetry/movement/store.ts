import DataLoader from 'dataloader'
import type { TelemetryEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { Veiled } from '../sight/sight.ts'

/** Telemetry as a viewer may see it. */
export type TelemetryRow = Veiled<TelemetryEvent>

const SELECT = `
  select c.name as character, t.at, t.received_at as "receivedAt", t.ew, t.ns, t.z, s.key as "sessionId", t.kills, t.kills_per_hour as "killsPerHour",
    t.online_s as "onlineSeconds", t.deaths, t.total_deaths as "totalDeaths", t.rares_found as "raresFound", t.tapers, t.state,
    t.memory_mb as "memoryMb", t.cpu_percent as "cpuPercent", t.handles, t.latency_ms as "latencyMs"
  from latest_telemetry t join characters c on c.id = t.character_id left join play_sessions s on s.id = t.session_id`

export function telemetryLoader(pool: Pool) {
  return new DataLoader<string, TelemetryEvent | null>(async (names) => {
    const { rows } = await pool.query<TelemetryEvent>(`${SELECT} where c.name = any($1)`, [names])
    const byName = new Map(rows.map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

/** The newest telemetry of every live character, or of the live ones among those named. */
export async function liveTelemetry(pool: Pool, names: readonly string[] | null): Promise<TelemetryEvent[]> {
  const { rows } = await pool.query<TelemetryEvent>(
    `${SELECT} where t.received_at > now() - interval '30 seconds' and ($1::text[] is null or c.name = any($1)) order by c.name`,
    [names],
  )
  return rows
}

export interface TrailPoint {
  at: string
  ew: number
  ns: number
  z: number | null
}

export interface TrailRow {
  character: string
  points: TrailPoint[]
}

const MOST_POINTS = 900

// A frame that came more than two minutes later than its neighbours is history somebody delivered late, not the way just
// taken. Lateness is measured against the character's own least, since clients' clocks are wrong by any amount.
const TRAILS = `
  with points as (
    select character_id, received_at, at as told_at, ew, ns, z, received_at - at as lag, min(received_at - at) over (partition by character_id) as least
    from telemetry where received_at > now() - make_interval(secs => $1)
      and ($2::text[] is null or character_id in (select id from characters where name = any($2)))
  ), kept as (
    select *, row_number() over (partition by character_id order by received_at desc, told_at desc) - 1 as n, count(*) over (partition by character_id) as total
    from points where lag <= least + interval '2 minutes'
  )
  select c.name as character, k.received_at as at, k.ew, k.ns, k.z from kept k join characters c on c.id = k.character_id
  where n % ceil(total / ${MOST_POINTS}.0)::int = 0 order by c.name, k.received_at, k.told_at`

/** The way characters came, oldest point first, thinned evenly from the newest point backwards. */
export async function trails(pool: Pool, seconds: number, names: readonly string[] | null): Promise<TrailRow[]> {
  const { rows } = await pool.query<TrailPoint & { character: string }>(TRAILS, [seconds, names])
  const result: TrailRow[] = []
  for (const { character, ...point } of rows) {
    if (result.at(-1)?.character !== character) result.push({ character, points: [] })
    result.at(-1)!.points.push(point)
  }
  return result
}

/** Trails of single characters that ask for the same span are read together. */
export function trailLoader(pool: Pool) {
  return new DataLoader<{ name: string; seconds: number }, TrailPoint[], string>(
    async (keys) => {
      const spans = [...new Set(keys.map((key) => key.seconds))]
      const found = await Promise.all(
        spans.map((seconds) =>
          trails(
            pool,
            seconds,
            keys.filter((key) => key.seconds === seconds).map((key) => key.name),
          ),
        ),
      )
      const byKey = new Map(
        found.flatMap((list, i) => list.map((trail) => [`${spans[i]} ${trail.character}`, trail.points] as const)),
      )
      return keys.map(({ name, seconds }) => byKey.get(`${seconds} ${name}`) ?? [])
    },
    { cacheKeyFn: ({ name, seconds }) => `${seconds} ${name}` },
  )
}

/** Every visited cell of the presence grid with its visits. */
export async function presence(pool: Pool): Promise<{ cells: number[]; visits: number[] }> {
  const { rows } = await pool.query<{ cells: number[] | null; visits: number[] | null }>(
    'select array_agg(cell order by cell) as cells, array_agg(least(visits, 2147483647)::int order by cell) as visits from presence',
  )
  return { cells: rows[0]?.cells ?? [], visits: rows[0]?.visits ?? [] }
}
