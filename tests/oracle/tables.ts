import pg from 'pg'
import { databaseOf } from '../../shared/testing/database-of.ts'

/** The lines that a character received, as they are stored, in the order of storage. */
export async function storedLines(dataDir: string, name: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: await databaseOf(dataDir) })
  await client.connect()
  try {
    const { rows } = await client.query<{ clientAt: Date; text: string; color: number | null }>(
      `select m.at as "clientAt", m.text, m.color from chat m join characters c on c.id = m.character_id
       where c.name = $1 order by m.id`,
      [name],
    )
    return rows.map(({ clientAt, ...line }) => ({ clientAt: clientAt.toISOString(), ...line }))
  } finally {
    await client.end()
  }
}

/** Rows of each table a character's frames go to, by character. Read past the graph, from Overlord's own database. */
export async function countRows(
  dataDir: string,
): Promise<{ byName: Map<string, Record<string, number>>; deadLetters: number }> {
  const client = new pg.Client({ connectionString: await databaseOf(dataDir) })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; [table: string]: string | number }>(`
      select c.name, (select count(*)::int from telemetry t where t.character_id = c.id) as telemetry,
        (select count(*)::int from vitals v where v.character_id = c.id) as vitals,
        (select count(*)::int from chat m where m.character_id = c.id) as chat,
        (select count(*)::int from rares r where r.character_id = c.id) as rares,
        (select count(*)::int from combat_sessions s where s.character_id = c.id) as fights
      from characters c`)
    const dead = await client.query<{ count: number }>('select count(*)::int as count from dead_letters')
    const byName = new Map(rows.map(({ name, ...counts }) => [name, counts as Record<string, number>]))
    return { byName, deadLetters: dead.rows[0]!.count }
  } finally {
    await client.end()
  }
}
