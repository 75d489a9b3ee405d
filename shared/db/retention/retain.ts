import { blockTablesOf } from '../blocks/columns.ts'
import { readDialect } from '../dialect/choose.ts'
import { DAY_MS } from '../dialect/days.ts'
import type { Client, Pool } from '../pool.ts'
import { DAYS_LOCK, withAdvisoryLock } from '../advisory-lock.ts'
import type { Kept, Retention } from './periods.ts'

/** Rarely written tables need no partitions: their old rows are deleted by this moment, few at a time. */
const DELETED: ReadonlyMap<Kept, string> = new Map<Kept, string>([
  ['alerts', 'at'],
  ['guild_events', 'at'],
  ['command_audit', 'at'],
  ['audit', 'at'],
  ['mcp_calls', 'at'],
  ['assistant_sessions', 'used_at'],
  ['trace_sessions', 'used_at'],
  ['world_frames', 'at'],
  ['inventory_changes', 'at'],
  ['item_stays', 'until'],
  ['combat_history', 'received_at'],
  ['sheet_history', 'received_at'],
])
const CHUNK = 5_000

/**
 * Drops what is older than it should be, one process at a time. Holds up no writer: days are detached concurrently,
 * locks are waited for shortly. Returns what was dropped, `table: rows` for rows.
 */
export async function retain(pool: Pool, retention: Retention, now: Date): Promise<string[]> {
  const dropped = await withAdvisoryLock(pool, DAYS_LOCK, async (client) => {
    const dropped: string[] = []
    // A detach waits for reads that began before it; longer ones are waited for again at the next hour.
    await client.query("set lock_timeout = '20s'; set statement_timeout = '10min'")
    const dialect = await readDialect(client)
    for (const [table, days] of Object.entries(retention) as [Kept, number][]) {
      if (days === 0 || !(await isThere(client, table))) continue
      const before = new Date(now.getTime() - days * DAY_MS)
      const moment = DELETED.get(table)
      if (moment === undefined) {
        for (const name of [table, ...blockTablesOf(table)])
          dropped.push(...(await dialect.dropOld(client, name, before)))
      } else {
        const count = await deleteOld(client, table, moment, before)
        if (count) dropped.push(`${table}: ${count}`)
      }
    }
    await client.query(
      "delete from watch_states where rule <> 'IDLE' and rule not in (select id::text from watch_rules)",
    )
    return dropped
  })
  return dropped ?? []
}

/** A time series of this name; what other tables of that name hold is not ours to drop. */
async function isThere(client: Client, table: Kept): Promise<boolean> {
  if (DELETED.has(table)) return true
  const { rows } = await client.query(
    `select from pg_class where oid = to_regclass($1) and (relkind = 'p' or (select name from dialect) = 'timescale')`,
    [table],
  )
  return rows.length > 0
}

async function deleteOld(client: Client, table: Kept, moment: string, before: Date): Promise<number> {
  for (let count = 0; ;) {
    const { rowCount } = await client.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${moment} < $1 order by ${moment}
        limit ${CHUNK}))`,
      [before.toISOString()],
    )
    count += rowCount ?? 0
    if ((rowCount ?? 0) < CHUNK) return count
  }
}
