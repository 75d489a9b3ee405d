import type { ChatEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { insertRows, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'

const columns: Column<ChatEvent, IdCache>[] = [
  ['id', 'bigint', (row) => row.id],
  ['character_id', 'int', (row, ids) => ids.characterId(row.character)],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.clientAt],
  ['text', 'text', (row) => row.text],
  ['color', 'int', (row) => row.color],
  ['channel', 'text', (row) => row.channel],
  ['sender', 'text', (row) => row.sender],
]
const insert = insertRows('chat', columns)

export async function writeChat(client: Client, rows: readonly ChatEvent[], ids: IdCache): Promise<void> {
  await insert(client, rows, ids)
}
