import type { VitalsEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { insertRows, lastOf, replaceOn, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { historyBuckets } from '../../rows/history-buckets.ts'

const columns: Column<VitalsEvent, IdCache>[] = [
  ['character_id', 'int', (row, ids) => ids.characterId(row.character)],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.clientAt],
  ['health', 'int', (row) => row.health],
  ['max_health', 'int', (row) => row.maxHealth],
  ['health_percent', 'real', (row) => row.healthPercent],
  ['stamina', 'int', (row) => row.stamina],
  ['max_stamina', 'int', (row) => row.maxStamina],
  ['stamina_percent', 'real', (row) => row.staminaPercent],
  ['mana', 'int', (row) => row.mana],
  ['max_mana', 'int', (row) => row.maxMana],
  ['mana_percent', 'real', (row) => row.manaPercent],
  ['vitae', 'real', (row) => row.vitae],
]
const insertHistory = insertRows('vitals', columns)
const replaceLatest = insertRows('latest_vitals', columns, replaceOn('character_id', columns))
const addBuckets = historyBuckets<VitalsEvent>('vitals_spans', [
  ['health_percent', (row) => row.healthPercent],
  ['stamina_percent', (row) => row.staminaPercent],
  ['mana_percent', (row) => row.manaPercent],
  ['vitae', (row) => row.vitae],
])

export async function writeVitals(client: Client, rows: readonly VitalsEvent[], ids: IdCache): Promise<void> {
  await Promise.all([
    insertHistory(client, rows, ids),
    addBuckets(client, rows, ids),
    replaceLatest(
      client,
      lastOf(rows, (row) => row.character),
      ids,
    ),
  ])
}
