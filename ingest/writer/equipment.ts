import { isNews } from '../../shared/contract/fields.ts'
import { topic, type EquipmentEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { EquipmentRow, Publish } from '../outcome.ts'
import { insertRows, replaceOn, type Column } from './columns.ts'
import type { Dimensions } from './dimensions.ts'
import { jsonForPostgres } from './json.ts'
import { countLate } from '../counters.ts'
import { newestOf } from './newest-of.ts'

type Equipment = EquipmentRow & { characterNumber: number }

const columns: Column<Equipment>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.at],
  ['raw', 'jsonb', (row) => jsonForPostgres(row.raw)],
]
const replace = insertRows(
  'equipment',
  columns,
  `${replaceOn('character_id', columns, `where ${isNews('equipment')}`)} returning character_id`,
)

/** What each character wears: the newest word. Returns what to tell once the batch is committed. */
export async function writeEquipment(
  client: Client,
  rows: readonly EquipmentRow[],
  known: Dimensions,
): Promise<Publish[]> {
  const newest = newestOf(
    rows.map((row): Equipment => ({ ...row, characterNumber: known.characterId(row.character) })),
    (row) => row.characterNumber,
  )
  const { rows: stored } = await replace(client, [...newest.values()])
  countLate('equipment_cantrip_state', newest.size - stored.length)
  return stored.map(({ character_id }) => {
    const { character, receivedAt } = newest.get(character_id as number)!
    return { topic: topic('equipment', character), event: { character, at: receivedAt } satisfies EquipmentEvent }
  })
}
