import type { Client, Pool } from '../pool.ts'
import type { Dialect } from './dialect.ts'
import { partitions } from './partitions.ts'
import { timescale } from './timescale.ts'

const dialects = { partitions, timescale }

/**
 * The dialect of a database, chosen once: by its first migration, since a filled table cannot change over.
 * @param fresh whether nothing was migrated yet
 */
export async function chooseDialect(client: Client, fresh: boolean): Promise<Dialect> {
  await client.query(
    'create table if not exists dialect (single boolean primary key default true check (single), name text not null)',
  )
  const { rows } = await client.query<{ name: Dialect['name'] }>('select name from dialect')
  if (rows[0]) return dialects[rows[0].name]
  const name = fresh && (await offersTimescale(client)) ? 'timescale' : 'partitions'
  await client.query('insert into dialect (name) values ($1)', [name])
  return dialects[name]
}

/** The dialect that was chosen. */
export async function readDialect(client: Client | Pool): Promise<Dialect> {
  const { rows } = await client.query<{ name: Dialect['name'] }>('select name from dialect')
  return dialects[rows[0]!.name]
}

async function offersTimescale(client: Client): Promise<boolean> {
  const { rows } = await client.query("select from pg_available_extensions where name = 'timescaledb'")
  if (!rows.length) return false
  await client.query('savepoint extension')
  try {
    await client.query('create extension if not exists timescaledb')
    return true
  } catch {
    await client.query('rollback to savepoint extension') // not loadable: use partitions
    return false
  }
}
