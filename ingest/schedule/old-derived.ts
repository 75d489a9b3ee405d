import type { Client } from '../../shared/db/pool.ts'
import { dayOf, hourOf } from '../../shared/world/dereth/heat-cells.ts'
import { bucketOf } from '../../shared/contract/history-buckets.ts'

/** Drops spawn counts from before a moment (a week ago, as a rule), by whole days. Returns the rows dropped. */
export async function dropOldBuckets(client: Pick<Client, 'query'>, before: Date): Promise<number> {
  const hour = hourOf(before.getTime())
  const hours = await client.query('delete from spawn_hours where hour < $1', [hour])
  await client.query('delete from spawn_versions where hour < $1', [hour])
  const days = await client.query('delete from spawn_days where day < $1', [dayOf(hour)])
  return (hours.rowCount ?? 0) + (days.rowCount ?? 0)
}

/** Drops portals last seen before a moment (thirty days ago, as a rule). Returns rows dropped. */
export async function dropOldPortals(client: Pick<Client, 'query'>, before: Date): Promise<number> {
  return (await client.query('delete from portals where seen_at < $1', [before])).rowCount ?? 0
}

/**
 * Drops history buckets, and with those of telemetry the tallies and days of places, from before a moment. Returns
 * the buckets and hours dropped.
 */
export async function dropOldHistory(
  client: Pick<Client, 'query'>,
  kind: 'telemetry' | 'vitals',
  before: Date,
): Promise<number> {
  // Character by character: the key begins with it.
  const drop = async (table: string, column: string, first: number) =>
    (
      await client.query(`delete from ${table} t using characters c where t.character_id = c.id and t.${column} < $1`, [
        first,
      ])
    ).rowCount ?? 0
  const dropped = await drop(`${kind}_spans`, 'span', bucketOf(before.getTime()))
  if (kind !== 'telemetry') return dropped
  const hour = hourOf(before.getTime())
  await drop('tally_spans', 'span', bucketOf(before.getTime()))
  await drop('place_days', 'day', dayOf(hour)) // nothing of these days is left in them
  return dropped + (await drop('tally_hours', 'hour', hour))
}
