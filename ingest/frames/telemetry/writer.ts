import { presenceCell } from '../../../shared/world/dereth/coordinates.ts'
import { trackStepOf } from '../../../shared/contract/history-buckets.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { TelemetryRow } from './rows.ts'
import { insertRows, lastOf, replaceOn, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { historyBuckets } from '../../rows/history-buckets.ts'

const columns: Column<TelemetryRow, IdCache>[] = [
  ['character_id', 'int', (row, ids) => ids.characterId(row.character)],
  ['session_id', 'int', (row, ids) => ids.sessionId(row.character, row.sessionId)],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.clientAt],
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
/** A row of history, and whether it is the first of its character in its twenty seconds. */
interface Step {
  row: TelemetryRow
  step: boolean
}
const insertHistory = insertRows<Step, IdCache>('telemetry', [
  ...columns.map(([name, type, value]): Column<Step, IdCache> => [name, type, ({ row }, ids) => value(row, ids)]),
  ['step', 'boolean', ({ step }) => step],
])
const replaceLatest = insertRows('latest_telemetry', columns, replaceOn('character_id', columns))
const addBuckets = historyBuckets<TelemetryRow>('telemetry_spans', [
  ['ew', (row) => row.ew],
  ['ns', (row) => row.ns],
  ['kills', (row) => row.kills],
  ['kills_per_hour', (row) => row.killsPerHour],
  ['deaths', (row) => row.deaths],
])
const addVisits = insertRows<readonly [number, number]>(
  'presence',
  [
    ['cell', 'int', ([cell]) => cell],
    ['visits', 'bigint', ([, visits]) => visits],
  ],
  'on conflict (cell) do update set visits = presence.visits + excluded.visits',
)

const MAX_CHARACTERS = 20_000
const noSteps = () => new Map<string, number>()

function stepsOf(rows: readonly TelemetryRow[], ids: IdCache): Step[] {
  const last = ids.memory(noSteps)
  if (last.size > MAX_CHARACTERS) last.clear()
  let lastReceivedAt = ''
  let step = 0
  return rows.map((row) => {
    if (row.receivedAt !== lastReceivedAt) step = trackStepOf(Date.parse((lastReceivedAt = row.receivedAt)))
    const isFirst = last.get(row.character) !== step
    if (isFirst) last.set(row.character, step)
    return { row, step: isFirst }
  })
}

export async function writeTelemetry(client: Client, rows: readonly TelemetryRow[], ids: IdCache): Promise<void> {
  const visits = new Map<number, number>()
  for (const row of rows) {
    const cell = presenceCell(row)
    if (cell !== null) visits.set(cell, (visits.get(cell) ?? 0) + 1)
  }
  await Promise.all([
    insertHistory(client, stepsOf(rows, ids), ids),
    replaceLatest(
      client,
      lastOf(rows, (row) => row.character),
      ids,
    ),
    addBuckets(client, rows, ids),
    visits.size ? addVisits(client, [...visits]) : null,
  ])
}
