import type { TelemetryEvent } from '../../../shared/contract/topics.ts'
import { TELEMETRY_BLOCKS } from '../../../shared/db/blocks/columns.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/dereth/coordinates.ts'
import { newestLoader, selectNewest, type Newest, type PackedRow } from '../moment.ts'
import type { Box } from './box.ts'

const TELEMETRY: Newest = {
  columns: `n.at as "clientAt", n.received_at as "receivedAt", n.ew, n.ns, n.z, s.key as "sessionId",
    n.kills, n.kills_per_hour as "killsPerHour",
    n.online_s as "onlineSeconds", n.deaths, n.total_deaths as "totalDeaths", n.rares_found as "raresFound",
      n.tapers, n.state,
    n.memory_mb as "memoryMb", n.cpu_percent as "cpuPercent", n.handles, n.latency_ms as "latencyMs", c.tag`,
  now: 'latest_telemetry',
  past: 'telemetry',
  joins: 'left join play_sessions s on s.id = n.session_id',
  blocks: TELEMETRY_BLOCKS,
  write: writtenTelemetry,
  async complete(pool, rows) {
    const { rows: sessions } = await pool.query<{ id: number; key: string }>(
      'select id, key from play_sessions where id = any($1)',
      [rows.map(({ row }) => row.number('session_id'))],
    )
    const keys = new Map(sessions.map(({ id, key }) => [id, key]))
    for (const { row, written } of rows)
      Object.assign(written, { sessionId: keys.get(row.number('session_id') ?? -1) ?? null })
  },
}

/** A row out of a block, as the columns above say it. */
function writtenTelemetry(row: PackedRow): Omit<TelemetryEvent, 'character' | 'sessionId' | 'tag'> {
  return {
    clientAt: row.moment('at'),
    receivedAt: row.moment('received_at'),
    ew: row.real('ew')!,
    ns: row.real('ns')!,
    z: row.real('z'),
    kills: row.number('kills'),
    killsPerHour: row.real('kills_per_hour'),
    onlineSeconds: row.number('online_s'),
    deaths: row.number('deaths'),
    totalDeaths: row.number('total_deaths'),
    raresFound: row.number('rares_found'),
    tapers: row.number('tapers'),
    state: row.word('state'),
    memoryMb: row.real('memory_mb'),
    cpuPercent: row.real('cpu_percent'),
    handles: row.number('handles'),
    latencyMs: row.real('latency_ms'),
  }
}

export const telemetryLoader = (pool: Pool) => newestLoader<TelemetryEvent>(pool, TELEMETRY)

/** The newest telemetry of every live character, or of the live ones among those named. */
export async function liveTelemetry(pool: Pool, names: readonly string[] | null): Promise<TelemetryEvent[]> {
  const { rows } = await pool.query<TelemetryEvent>(
    `${selectNewest(TELEMETRY)} where n.received_at > now() - interval '30 seconds'
      and ($1::text[] is null or c.name = any($1)) order by c.name`,
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
    `select json_agg(cell order by cell) as cells, json_agg(least(visits, 2147483647) order by cell) as visits
      from presence
     where $1::int[] is null or (cell % ${PRESENCE_SIZE} between ($1)[1] and ($1)[2]
       and cell between ($1)[3] * ${PRESENCE_SIZE} and ($1)[4] * ${PRESENCE_SIZE} + ${PRESENCE_SIZE - 1})`,
    [box],
  )
  return { cells: rows[0]?.cells ?? [], visits: rows[0]?.visits ?? [] }
}
