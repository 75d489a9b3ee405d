// Makes indexes while others write: a plain `create index` would keep them waiting until it is done.
import type { Client } from '../pool.ts'
import type { IndexText } from './steps.ts'

/**
 * How long a step waits for a lock before it gives way: writers wait behind it for so long. Less than
 * Postgres' `deadlock_timeout`, so that of two that wait for each other it is the step which gives up.
 */
export const LOCK_MS = 800

/**
 * Creates an index without a lock that keeps writers waiting. Run again after an interruption it goes on.
 * On a table of daily partitions the index of the table is only a name until each day has one of its own.
 */
export async function createLiveIndex(client: Client, { name, table, rest }: IndexText): Promise<void> {
  if (!(await isPartitioned(client, table))) return createApart(client, name, table, rest)
  await client.query(`create index if not exists ${name} on only ${table} ${rest}`)
  for (const day of await daysWithout(client, table, name)) {
    const own = `${day}_${name}`.slice(0, 63)
    await createApart(client, own, day, rest)
    await client.query(`alter index ${name} attach partition ${own}`)
  }
}

async function createApart(client: Client, name: string, table: string, rest: string): Promise<void> {
  const { rows } = await client.query<{ valid: boolean }>(
    'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
    [name],
  )
  if (rows[0]?.valid) return
  // These wait for the transactions of others without keeping any of them waiting.
  await client.query('set lock_timeout = 0')
  try {
    if (rows[0]) await client.query(`drop index concurrently ${name}`) // left by an interrupted attempt
    await client.query(`create index concurrently ${name} on ${table} ${rest}`)
  } finally {
    // Also after a deadlock: the step is tried again, and what it does then may not keep writers waiting.
    // A connection that is lost has its own error.
    await client.query(`set lock_timeout = ${LOCK_MS}`).catch(() => undefined)
  }
}

async function isPartitioned(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    "select relkind = 'p' as is from pg_class where oid = $1::regclass",
    [table],
  )
  return rows[0]!.is
}

/** The partitions of a table, newest first. */
export async function partitionsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = $1::regclass and c.relkind = 'r' order by 1 desc`,
    [table],
  )
  return rows.map(({ name }) => name)
}

/** Days without their own part of an index; those made since the index was begun have one. */
async function daysWithout(client: Client, table: string, index: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select t.relname as name from pg_inherits i join pg_index x on x.indexrelid = i.inhrelid
     join pg_class t on t.oid = x.indrelid where i.inhparent = $1::regclass`,
    [index],
  )
  const done = new Set(rows.map(({ name }) => name))
  return (await partitionsOf(client, table)).filter((day) => !done.has(day))
}
