import { presenceCell } from '../../shared/world/coordinates.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { Row } from '../outcome.ts'
import { insertRows, lastOf, replaceOn, type Column } from './columns.ts'
import type { Dimensions } from './dimensions.ts'

type Telemetry = Extract<Row, { table: 'telemetry' }>['row']

const columns: Column<Telemetry, Dimensions>[] = [
  ['character_id', 'int', (row, known) => known.characterId(row.character)],
  ['session_id', 'int', (row, known) => known.sessionId(row.character, row.sessionId)],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.at],
  ['ew', 'real', (row) => row.ew],
  ['ns', 'real', (row) => row.ns],
  ['z', 'real', (row) => row.z],
  ['kills', 'int', (row) => row.kills],
  ['kills_per_hour', 'real', (row) => row.killsPerHour],
  ['online_s', 'int', (row) => row.onlineSeconds],
  ['deaths', 'int', (row) => row.deaths],
  ['total_deaths', 'int', (row) => row.totalDeaths],
  ['rares_found', 'int', (row) => row.raresFound],
  ['tapers', 'int', (row) => row.tapers],
  ['state', 'text', (row) => row.state],
  ['memory_mb', 'real', (row) => row.memoryMb],
  ['cpu_percent', 'real', (row) => row.cpuPercent],
  ['handles', 'int', (row) => row.handles],
  ['latency_ms', 'real', (row) => row.latencyMs],
]
const insertHistory = insertRows('telemetry', columns)
const replaceLatest = insertRows('latest_telemetry', columns, replaceOn('character_id', columns))
const addVisits = insertRows<readonly [number, number]>(
  'presence',
  [
    ['cell', 'int', ([cell]) => cell],
    ['visits', 'bigint', ([, visits]) => visits],
  ],
  'on conflict (cell) do update set visits = presence.visits + excluded.visits',
)

export async function writeTelemetry(client: Client, rows: readonly Telemetry[], known: Dimensions): Promise<void> {
  const visits = new Map<number, number>()
  for (const row of rows) {
    const cell = presenceCell(row)
    if (cell !== null) visits.set(cell, (visits.get(cell) ?? 0) + 1)
  }
  await Promise.all([
    insertHistory(client, rows, known),
    replaceLatest(
      client,
      lastOf(rows, (row) => row.character),
      known,
    ),
    visits.size ? addVisits(client, [...visits]) : null,
  ])
}
