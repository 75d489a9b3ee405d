import type { Client } from '../../shared/db/pool.ts'
import type { DeadLetterRow } from '../rows/row.ts'
import { insertRows, type Column } from '../rows/columns.ts'

/** How many dead letters are kept; the oldest give way. */
const KEPT = 10_000

const columns: Column<DeadLetterRow>[] = [
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['type', 'text', (row) => row.type],
  ['character_name', 'text', (row) => row.character],
  ['path', 'text', (row) => row.path],
  ['reason', 'text', (row) => row.reason],
  ['frame', 'text', (row) => row.frame],
]
const insert = insertRows('dead_letters', columns, 'returning id')

export async function writeDeadLetters(client: Client, rows: readonly DeadLetterRow[]): Promise<void> {
  const { rows: stored } = await insert(client, rows)
  await client.query('delete from dead_letters where id <= $1', [Number(stored.at(-1)!['id']) - KEPT])
}
