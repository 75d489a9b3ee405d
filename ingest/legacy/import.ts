// What an original knew and we do not: people, finds, totals of lives, inventories.
import { transaction, openPool, type Client, type Pool } from '../../shared/db/pool.ts'
import { importInventories } from './inventories.ts'
import { oldTables, type OldTables } from './original.ts'
import { importRares } from './rares.ts'
import { Report } from './report.ts'
import { importTotals } from './totals.ts'
import { importUsers } from './users.ts'

/** Tables of the original's that stay where they are, and why. */
const LEFT: ReadonlyMap<string, string> = new Map([
  ['telemetry_events', 'positions: our own history begins with the first frame'],
  ['spawn_events', 'spawns: kept for a week only'],
  ['portals', 'portals: kept for an hour only'],
  ['character_stats', 'character sheets: plugins send them at every login'],
  ['combat_stats', 'fights of lives: the original counts their elements too often'],
  ['combat_stats_sessions', 'fights of sessions: they are part of those lives'],
  ['rare_stats_sessions', 'rares by session: the sessions themselves are not carried over'],
  ['server_status', 'the game server’s state: probed again'],
])

export interface LegacyOptions {
  /** Databases of the original: its main one and that of its inventories, in any order. */
  from: readonly string[]
  pool: Pool
  /** The game server of its items. */
  server: string
  now: Date
}

/**
 * Imports what is there. May be run again: nothing is imported twice. Reads with a cursor, so that memory stays small.
 */
export async function importLegacy({ from, pool, server, now }: LegacyOptions): Promise<Report> {
  const report = new Report()
  const found = new Set<string>()
  for (const url of from) {
    const old = openPool(url, { name: 'import-legacy', max: 1, readOnly: true })
    try {
      await transaction(old, async (client) => {
        const tables = await oldTables(client)
        for (const name of tables.keys()) found.add(name)
        await importTables(client, tables, { pool, server, now }, report)
      })
    } finally {
      await old.end()
    }
  }
  for (const name of ['users', 'rare_events', 'char_stats', 'rare_stats', 'items'])
    if (!found.has(name)) report.note(`${name}: there is no such table`)
  for (const [name, why] of LEFT) if (found.has(name)) report.note(`${name}: ${why}`)
  return report
}

async function importTables(
  client: Client,
  tables: OldTables,
  { pool, server, now }: Omit<LegacyOptions, 'from'>,
  report: Report,
): Promise<void> {
  const has = (table: string, ...columns: string[]) => columns.every((column) => tables.get(table)?.has(column))
  if (has('users', 'username')) await importUsers(client, pool, report)
  // Inventories and finds know when their characters were seen; totals do not, and come last.
  if (has('items', 'character_name', 'item_id')) await importInventories(client, pool, { tables, server, now }, report)
  if (has('rare_events', 'character_name', 'timestamp')) await importRares(client, pool, server, report)
  if (has('char_stats', 'character_name') || has('rare_stats', 'character_name'))
    await importTotals(client, pool, tables, report)
}
