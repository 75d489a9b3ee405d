import { isNews } from '../../../shared/contract/fields.ts'
import { topic, type EquipmentEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'
import type { EquipmentRow } from './rows.ts'
import { insertRows, replaceOn, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { jsonForPostgres } from '../../rows/json.ts'
import { countLate } from '../../metrics/counters.ts'
import { newestOf } from '../../rows/newest-of.ts'

type Equipment = EquipmentRow & { characterNumber: number }

const columns: Column<Equipment>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.clientAt],
  ['raw', 'jsonb', (row) => jsonForPostgres(row.raw)],
]
const replace = insertRows(
  'equipment',
  columns,
  `${replaceOn('character_id', columns, `where ${isNews('equipment')}`)} returning character_id`,
)

/** What each character wears: the newest report. Returns the events to publish after the commit. */
export async function writeEquipment(client: Client, rows: readonly EquipmentRow[], ids: IdCache): Promise<Publish[]> {
  const newest = newestOf(
    rows.map((row): Equipment => ({ ...row, characterNumber: ids.characterId(row.character) })),
    (row) => row.characterNumber,
  )
  const { rows: stored } = await replace(client, [...newest.values()])
  countLate('equipment_cantrip_state', newest.size - stored.length)
  return stored.map(({ character_id }) => {
    const { character, receivedAt } = newest.get(character_id as number)!
    return { topic: topic('equipment', character), event: { character, at: receivedAt } satisfies EquipmentEvent }
  })
}
