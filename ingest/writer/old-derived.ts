import type { Client } from '../../shared/db/pool.ts'
import { dayOf, hourOf } from '../../shared/world/heat-cells.ts'

/** Drops counts of spawns from before a moment (a week ago, as a rule); days go once no hour of them is wanted. Returns rows dropped. */
export async function dropOldBuckets(client: Pick<Client, 'query'>, before: Date): Promise<number> {
  const hour = hourOf(before.getTime())
  const hours = await client.query('delete from spawn_hours where hour < $1', [hour])
  const days = await client.query('delete from spawn_days where day < $1', [dayOf(hour)])
  return (hours.rowCount ?? 0) + (days.rowCount ?? 0)
}

/** Drops portals last seen before a moment (thirty days ago, as a rule). Returns rows dropped. */
export async function dropOldPortals(client: Pick<Client, 'query'>, before: Date): Promise<number> {
  return (await client.query('delete from portals where seen_at < $1', [before])).rowCount ?? 0
}
