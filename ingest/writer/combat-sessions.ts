import { topic, type CombatEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { CombatRow, Publish } from '../outcome.ts'
import { insertRows, lastOf, type Column } from './columns.ts'
import type { Dimensions } from './dimensions.ts'
import { jsonForPostgres } from './json.ts'

const columns: Column<CombatRow, Dimensions>[] = [
  ['character_id', 'int', (row, known) => known.characterId(row.character)],
  ['key', 'text', (row) => row.sessionId],
  ['started_at', 'timestamptz', (row) => row.receivedAt],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['snapshot', 'jsonb', (row) => jsonForPostgres(row.snapshot)],
]
const replace = insertRows(
  'combat_sessions',
  columns,
  'on conflict (character_id, key) do update set received_at = excluded.received_at, snapshot = excluded.snapshot',
)

/** One snapshot a session: the newest holds all before it, so a life is the sum over its sessions. */
export async function writeCombat(client: Client, rows: readonly CombatRow[], known: Dimensions): Promise<Publish[]> {
  const newest = lastOf(rows, (row) => `${row.character}\u0000${row.sessionId}`)
  await replace(client, newest, known)
  return newest.map(({ character, sessionId, receivedAt }) => ({
    topic: topic('combat', character),
    event: { character, sessionId, at: receivedAt } satisfies CombatEvent,
  }))
}
