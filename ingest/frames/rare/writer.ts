import { topic, type RareEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'
import type { RareRow } from './rows.ts'
import { insertRows, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { killsWhen, sessionOf } from '../telemetry/tallies.ts'

type Rare = RareRow & { characterNumber: number; sessionKey: string | null; sessionKills: number }

const columns: Column<Rare>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['name', 'text', (row) => row.name],
  ['tier', 'text', (row) => row.tier],
  ['at', 'timestamptz', (row) => row.clientAt],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['ew', 'real', (row) => row.ew],
  ['ns', 'real', (row) => row.ns],
  ['z', 'real', (row) => row.z],
  ['session_key', 'text', (row) => row.sessionKey],
]
// The same find reported twice is one find.
const insert = insertRows(
  'rares',
  columns,
  'on conflict (character_id, name, at) do nothing returning id, character_id, name, at',
)

// Kills of a life up to the find: of its session then, and of all other sessions.
const KILLS = `
  update rares r set life_kills = f.kills + coalesce((select sum(s.kills) from session_tallies s
    where s.character_id = r.character_id and s.key is distinct from r.session_key), 0)
  from unnest($1::bigint[], $2::bigint[]) as f(id, kills) where r.id = f.id`

/** Returns the events to publish after the commit. */
export async function writeRares(client: Client, rows: readonly RareRow[], ids: IdCache): Promise<Publish[]> {
  const numbered = rows.map((row): Rare => ({
    ...row,
    characterNumber: ids.characterId(row.character),
    sessionKey: sessionOf(ids, row),
    sessionKills: killsWhen(ids, row),
  }))
  const key = (characterNumber: unknown, name: unknown, at: unknown) =>
    `${String(characterNumber)} ${String(name)} ${String(at)}`
  // the first report counts, as in the table
  const byKey = new Map(numbered.toReversed().map((row) => [key(row.characterNumber, row.name, row.clientAt), row]))
  const { rows: stored } = await insert(client, numbered)
  if (stored.length) {
    const found = stored.map(({ id, character_id, name, at }) => ({ id, ...byKey.get(key(character_id, name, at))! }))
    const values = [found.map(({ id }) => id), found.map(({ sessionKills }) => sessionKills)]
    await client.query({ name: 'kills until a rare', text: KILLS, values })
  }
  return stored.map(({ id, character_id, name, at }) => {
    const { characterNumber: _, sessionKey: __, sessionKills: ___, ...rare } = byKey.get(key(character_id, name, at))!
    const event: RareEvent = { id: String(id), ...rare }
    return { topic: topic('rare', event.character), event }
  })
}
