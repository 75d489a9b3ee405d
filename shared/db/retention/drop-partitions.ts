import { dayOf, endOf } from '../dialect/days.ts'
import type { Client } from '../pool.ts'

interface Partition {
  name: string
  attached: boolean
  pending: boolean
}

/**
 * Drops the days of a table that are wholly before the moment. A plain drop would wait for every open read, and every
 * insert would wait for it: so each day is detached concurrently first, which blocks no one. A detach that a killed
 * process left half done is finished. The client must not be within a transaction.
 */
export async function dropPartitions(client: Client, table: string, before: Date): Promise<string[]> {
  const { rows } = await client.query<Partition>(
    `select c.relname as name, i.inhrelid is not null as attached, coalesce(i.inhdetachpending, false) as pending
     from pg_class c left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = $1::regclass
     where c.relnamespace = (select relnamespace from pg_class where oid = $1::regclass) and c.relkind = 'r'
       and c.relname ~ ('^' || $1 || '_[0-9]{8}$') order by c.relname`,
    [table],
  )
  const dropped: string[] = []
  for (const { name, attached, pending } of rows) {
    if (pending) await client.query(`alter table ${table} detach partition ${name} finalize`)
    if (endOf(dayOf(table, name.slice(-8))) > before.getTime()) continue
    if (attached && !pending) await client.query(`alter table ${table} detach partition ${name} concurrently`)
    await client.query(`drop table ${name}`)
    dropped.push(name)
  }
  return dropped
}
