import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readDialect } from '../dialect/choose.ts'
import { dayOf, makeDay } from '../dialect/days.ts'
import { knownMigrations, migrate, migrateWithin, ownNames } from '../migrate.ts'
import { transaction, type Client, type Pool } from '../pool.ts'
import type { Progress } from './backup.ts'
import { MAGIC, openContainer, type Head, type TableHead, type Tail } from './container.ts'
import { copyIn } from './copy.ts'
import { listTables, quoted } from './tables.ts'

/** Something a person must decide or mend first. */
export class RestoreError extends Error {}

/**
 * Puts a backup in the place of what the database holds, all of it or nothing.
 * An older backup is restored into the schema of its time, which is then brought up to date.
 * @param overwrite without it a database that holds anything is left alone
 * @throws RestoreError when it is not to be done
 */
export async function restore(
  pool: Pool,
  path: string,
  { overwrite, progress = () => undefined }: { overwrite: boolean; progress?: Progress },
): Promise<Map<string, number>> {
  await using file = await openContainer(path)
  await readMagic(file)
  const head = await file.json<Head>()
  const known = new Set(await knownMigrations())
  const newer = head.migrations.filter((name) => !known.has(name))
  if (newer.length)
    throw new RestoreError(`The backup was made by a newer Overlord, which knows ${newer.join(', ')}. Use that one.`)
  await refuseCompany(pool)

  const counts = new Map<string, number>()
  await transaction(pool, async (client) => {
    // Triggers that log new rows leave restored ones alone.
    await client.query("set local statement_timeout = 0; set local overlord.restoring = 'on'")
    if (!overwrite && (await holdsAnything(client)))
      throw new RestoreError(
        'The database is not empty. With --yes the backup takes its place; what it holds is lost then.',
      )
    await dropEverything(client)
    await migrateWithin(client, new Set(head.migrations))
    const tables = new Map((await listTables(client)).map((table) => [table.name, table]))
    if (tables.size) await client.query(`truncate ${[...tables.keys()].map(quoted).join(', ')} cascade`)
    for (const expected of head.tables) {
      const { table, columns, days } = await file.json<TableHead>()
      const there = tables.get(table)
      if (table !== expected || !there || columns.some((column) => !there.columns.includes(column)))
        throw new RestoreError(`The backup does not fit: the schema has no such table or columns: ${table}`)
      for (const day of days ?? []) await restoreDay(client, table, day)
      let bytes = 0
      const packed = async function* () {
        for await (const piece of file.pieces()) {
          progress(table, (bytes += piece.length), null)
          yield piece
        }
      }
      const gunzip = createGunzip()
      const unpacking = pipeline(Readable.from(packed(), { objectMode: false }), gunzip)
      unpacking.catch(() => undefined) // its reader reports it
      const text = `copy ${quoted(table)} (${columns.map(quoted).join(', ')}) from stdin`
      const count = await copyIn(client, text, gunzip as AsyncIterable<Buffer>)
      await unpacking
      const { rows } = await file.json<{ rows: number }>()
      if (rows !== count) throw new Error(`${table}: the backup holds ${rows} rows, ${count} arrived.`)
      counts.set(table, count)
      progress(table, bytes, count)
    }
    const tail = await file.json<Tail>()
    if (!tail.end) throw new Error('The backup file is not whole.')
    for (const [key, last] of Object.entries(tail.sequences)) {
      const [table, column] = key.split('.')
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [quoted(table!), column, last])
    }
  })
  await migrate(pool)
  return counts
}

/** Reads the first line of a file. @throws RestoreError when it is none of ours */
export async function readMagic(file: { line: () => Promise<string> }): Promise<void> {
  if ((await file.line()) !== MAGIC) throw new RestoreError('This is no backup file of Overlord.')
}

/** Others would write into what is being replaced. */
async function refuseCompany(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and application_name like 'overlord %'
     and application_name <> current_setting('application_name')`,
  )
  if (rows.length)
    throw new RestoreError(
      `Overlord still runs on this database (${rows.map(({ name }) => name).join(', ')}). Stop it first.`,
    )
}

/** Anything at all but what migrations put there: characters, people, frames set aside. */
async function holdsAnything(client: Client): Promise<boolean> {
  const tables = await listTables(client)
  for (const name of ['characters', 'users', 'service_tokens', 'dead_letters']) {
    if (!tables.some((table) => table.name === name)) continue
    const { rows } = await client.query(`select from ${name} limit 1`)
    if (rows.length) return true
  }
  return false
}

async function dropEverything(client: Client): Promise<void> {
  const tables = [...(await ownNames('table')), 'migrations', 'migration_steps', 'dialect']
  const { rows: days } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
       and left(relname, -9) = any($1) and relname ~ '_[0-9]{8}$'`,
    [tables],
  )
  for (const name of [...days.map((row) => row.name), ...tables])
    await client.query(`drop table if exists ${quoted(name)} cascade`)
  for (const name of await ownNames('function')) await client.query(`drop function if exists ${quoted(name)} cascade`)
}

/** A day of a table that is laid out by day. */
async function restoreDay(client: Client, table: string, digits: string): Promise<void> {
  if (!/^\d{8}$/.test(digits)) throw new Error('The backup file is damaged.')
  if ((await readDialect(client)).name === 'partitions') await makeDay(client, dayOf(table, digits))
}
