import pg from 'pg'
import { databaseOf } from '../../../shared/testing/database-of.ts'

/** What the tables hold of the things no query lists whole. */
export interface Journal {
  telemetry: number
  /** Kills of every session, by `character in session`. */
  sessions: Map<string, number>
  changeIds: Set<string>
  /** What everybody holds, were the changes the only word on it. */
  holders: Map<string, string>
}

/** Reads it past the graph, with Overlord dead or alive. */
export async function readJournal(dataDir: string): Promise<Journal> {
  const client = new pg.Client({ connectionString: await databaseOf(dataDir) })
  await client.connect()
  try {
    const count = await client.query<{ count: number }>('select count(*)::int as count from telemetry')
    const sessions = await client.query<{ key: string; kills: number }>(
      `select c.name || ' in ' || s.key as key, (s.snapshot->>'total_kills')::int as kills from combat_sessions s
        join characters c on c.id = s.character_id`,
    )
    const changes = await client.query<{ id: string; name: string; added: string[]; removed: string[] }>(
      `select i.id::text as id, c.name, i.added, i.removed from inventory_changes i
        join characters c on c.id = i.character_id order by i.id`,
    )
    const holders = new Map<string, string>()
    for (const { name, added, removed } of changes.rows) {
      for (const id of removed) if (holders.get(id) === name) holders.delete(id)
      for (const id of added) holders.set(id, name)
    }
    return {
      telemetry: count.rows[0]!.count,
      sessions: new Map(sessions.rows.map(({ key, kills }) => [key, kills])),
      changeIds: new Set(changes.rows.map((row) => row.id)),
      holders,
    }
  } finally {
    await client.end()
  }
}
