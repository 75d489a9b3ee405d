import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from './pool.ts'
import { chooseDialect } from './dialect/choose.ts'
import { transaction } from './pool.ts'
import { ensurePartitions } from './partitions.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const LOCK = 7_219_001

/** Brings the schema up to date: forward only, one transaction a file, one process at a time. Returns what it ran. */
export async function migrate(pool: Pool, now = new Date()): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()
  const ran = await transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await client.query(
      'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string }>('select name from migrations')
    const done = new Set(rows.map((row) => row.name))
    const fresh = files.filter((file) => !done.has(file))
    const dialect = await chooseDialect(client, done.size === 0)
    for (const file of fresh) {
      await client.query(dialect.create(await readFile(join(FOLDER, file), 'utf8')))
      await client.query('insert into migrations (name) values ($1)', [file])
    }
    return fresh
  })
  await ensurePartitions(pool, now)
  return ran
}

/** Whether the schema is as new as this code. Rooms that may not migrate wait for it. */
export async function isMigrated(pool: Pool): Promise<boolean> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql'))
  const { rows } = await pool.query<{ there: boolean }>("select to_regclass('migrations') is not null as there")
  if (!rows[0]?.there) return false
  const { rows: done } = await pool.query<{ name: string }>('select name from migrations')
  const names = new Set(done.map((row) => row.name))
  return files.every((file) => names.has(file))
}
