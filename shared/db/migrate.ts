import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { VERSION } from '../version.ts'
import type { Client, Pool } from './pool.ts'
import { chooseDialect } from './dialect/choose.ts'
import { transaction } from './pool.ts'
import { ensurePartitions } from './partitions.ts'
import { runWithin, upgrade, type Pending } from './upgrade/upgrade.ts'
import { stepsOf } from './upgrade/steps.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const LOCK = 7_219_001
const LOCK_PAUSE_MS = 250

/** Names of the migrations this code knows, in their order. */
export async function knownMigrations(): Promise<string[]> {
  return (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()
}

/** What migrations make, by kind: a database may hold other things, which are not ours. */
export async function ownNames(kind: 'table' | 'function'): Promise<Set<string>> {
  const texts = await Promise.all((await knownMigrations()).map((file) => readFile(join(FOLDER, file), 'utf8')))
  const made = new RegExp(`^create (?:or replace )?${kind} (?:if not exists )?(\\w+)|rename to (\\w+);`, 'gim')
  return new Set(texts.flatMap((text) => [...text.matchAll(made)].map((match) => match[1] ?? match[2]!)))
}

/** The database was migrated by a newer Overlord: this one would not understand what it finds. */
export class NewerSchemaError extends Error {}

/**
 * Brings the schema up to date, forward only, one process at a time. A new database gets all of it or nothing. One with
 * rows in it is changed step by step while others write; what was interrupted goes on with the next call.
 * Returns what it ran.
 * @throws NewerSchemaError when the schema is newer than this code
 */
export async function migrate(pool: Pool, now = new Date()): Promise<string[]> {
  const isNew = !(await hasTable(pool, 'migrations'))
  const ran = isNew ? await transaction(pool, (client) => migrateWithin(client)) : await migrateInSteps(pool)
  await ensurePartitions(pool, now)
  return ran
}

/** Runs what is missing within a transaction of the caller; of those named only, when some are. */
export async function migrateWithin(client: Client, only?: ReadonlySet<string>): Promise<string[]> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  await client.query(
    'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
  )
  const { pending, isFirst } = await pendingOf(client, only)
  const dialect = await chooseDialect(client, isFirst)
  for (const { name, steps } of pending) {
    for (const step of steps) await runWithin(client, dialect, step)
    await record(client, name)
  }
  // Those before the table that has versions.
  if (pending.length && (await hasTable(client, 'migration_versions')))
    for (const { name } of pending) await recordVersion(client, name)
  return pending.map(({ name }) => name)
}

async function migrateInSteps(pool: Pool): Promise<string[]> {
  const client = await pool.connect()
  let broken: Error | undefined
  const lost = (error: Error) => void (broken = error) // without a listener a lost connection would end the process
  client.on('error', lost)
  try {
    await lock(client)
    const { pending } = await pendingOf(client)
    if (pending.length) {
      await upgrade(client, await chooseDialect(client, false), pending, (name) => record(client, name))
      for (const { name } of pending) await recordVersion(client, name)
    }
    return pending.map(({ name }) => name)
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch((error: Error) => (broken = error))
    client.off('error', lost)
    client.release(broken)
  }
}

/** Waits for the process that migrates: an upgrade takes longer than a statement may. */
async function lock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK])
    if (rows[0]!.mine) return
    await wait(LOCK_PAUSE_MS)
  }
}

async function pendingOf(client: Client, only?: ReadonlySet<string>) {
  await refuseNewer(client)
  const { rows } = await client.query<{ name: string }>('select name from migrations')
  const done = new Set(rows.map((row) => row.name))
  const names = (await knownMigrations()).filter((name) => !done.has(name) && (!only || only.has(name)))
  const pending: Pending[] = []
  for (const name of names) pending.push({ name, steps: stepsOf(await readFile(join(FOLDER, name), 'utf8')) })
  return { pending, isFirst: done.size === 0 }
}

const record = async (client: Client, name: string): Promise<void> =>
  void (await client.query('insert into migrations (name) values ($1)', [name]))

const recordVersion = async (client: Client, name: string): Promise<void> =>
  void (await client.query('insert into migration_versions (name, version) values ($1, $2) on conflict do nothing', [
    name,
    VERSION,
  ]))

type Asks = Pick<pg.ClientBase, 'query'>

async function hasTable(client: Asks, name: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name])
  return rows[0]!.there
}

/** Throws NewerSchemaError if the database has migrations that this code does not know. */
export async function refuseNewer(client: Asks): Promise<void> {
  if (!(await hasTable(client, 'migrations'))) return
  // A newer one that was interrupted in the steps of a migration has changed the schema too.
  const begun = (await hasTable(client, 'migration_steps')) ? "union select name, 'infinity' from migration_steps" : ''
  const { rows } = await client.query<{ name: string }>(
    `select name from (select name, at from migrations ${begun}) m where name <> all($1) order by at desc, name desc`,
    [await knownMigrations()],
  )
  const [newest] = rows
  if (!newest) return
  const known = await hasTable(client, 'migration_versions')
  const versions = known
    ? await client.query<{ version: string }>('select version from migration_versions where name = $1', [newest.name])
    : null
  const version = versions?.rows[0]?.version
  const needed = version === undefined || version === VERSION ? 'the newer build' : `version ${version} or newer`
  throw new NewerSchemaError(
    `The database was migrated by a newer Overlord (${newest.name}); this is version ${VERSION}. Run ${needed}, or ` +
      'restore a backup that was made before the upgrade: see "Downgrade" in docs/operations.md.',
  )
}

/** Whether the schema is as new as this code. Rooms that may not migrate wait for it. */
export async function isMigrated(pool: Pool): Promise<boolean> {
  const files = await knownMigrations()
  const { rows } = await pool.query<{ there: boolean }>("select to_regclass('migrations') is not null as there")
  if (!rows[0]?.there) return false
  const { rows: done } = await pool.query<{ name: string }>('select name from migrations')
  const names = new Set(done.map((row) => row.name))
  return files.every((file) => names.has(file))
}
