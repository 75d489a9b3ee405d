import type { TelemetryEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/coordinates.ts'
import { loaderAt } from '../moment.ts'
import type { Veiled } from '../sight/sight.ts'
import type { Box } from './box.ts'

/** Telemetry as a viewer may see it. */
export type TelemetryRow = Veiled<TelemetryEvent>

const SELECT = `
  select c.name as character, t.at, t.received_at as "receivedAt", t.ew, t.ns, t.z, s.key as "sessionId", t.kills, t.kills_per_hour as "killsPerHour",
    t.online_s as "onlineSeconds", t.deaths, t.total_deaths as "totalDeaths", t.rares_found as "raresFound", t.tapers, t.state,
    t.memory_mb as "memoryMb", t.cpu_percent as "cpuPercent", t.handles, t.latency_ms as "latencyMs", c.tag
  from latest_telemetry t join characters c on c.id = t.character_id left join play_sessions s on s.id = t.session_id`

// With a moment, the newest of history up to then; without, the one row that is newest now.
const SELECT_AT = SELECT.replace(
  'from latest_telemetry t join characters c on c.id = t.character_id',
  `from characters c cross join lateral (select * from telemetry x where x.character_id = c.id and x.received_at <= $2
     order by x.received_at desc limit 1) t`,
)

export const telemetryLoader = (pool: Pool) =>
  loaderAt<TelemetryEvent>(async (names, at) => {
    const { rows } = at
      ? await pool.query<TelemetryEvent>(`${SELECT_AT} where c.name = any($1)`, [names, at])
      : await pool.query<TelemetryEvent>(`${SELECT} where c.name = any($1)`, [names])
    return rows
  })

/** The newest telemetry of every live character, or of the live ones among those named. */
export async function liveTelemetry(pool: Pool, names: readonly string[] | null): Promise<TelemetryEvent[]> {
  const { rows } = await pool.query<TelemetryEvent>(
    `${SELECT} where t.received_at > now() - interval '30 seconds' and ($1::text[] is null or c.name = any($1)) order by c.name`,
    [names],
  )
  return rows
}

/** Every visited cell of the presence grid with its visits, or those that touch a part of the map. */
export async function presence(pool: Pool, within: Box | null): Promise<{ cells: number[]; visits: number[] }> {
  const column = (ew: number) => Math.floor(((ew + EDGE) / (2 * EDGE)) * PRESENCE_SIZE)
  const row = (ns: number) => Math.floor(((EDGE - ns) / (2 * EDGE)) * PRESENCE_SIZE)
  const box = within && [column(within.west), column(within.east), row(within.north), row(within.south)]
  const { rows } = await pool.query<{ cells: number[] | null; visits: number[] | null }>(
    `select json_agg(cell order by cell) as cells, json_agg(least(visits, 2147483647) order by cell) as visits from presence
     where $1::int[] is null or (cell % ${PRESENCE_SIZE} between ($1)[1] and ($1)[2] and cell between ($1)[3] * ${PRESENCE_SIZE} and ($1)[4] * ${PRESENCE_SIZE} + ${PRESENCE_SIZE - 1})`,
    [box],
  )
  return { cells: rows[0]?.cells ?? [], visits: rows[0]?.visits ?? [] }
}
