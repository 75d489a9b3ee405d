// One Postgres for a whole run of tests, in which each test has a database of its own. For runs that start the same
// tests hundreds of times, where a server for each would take most of the time: that of the mutation runner.
import { rm } from 'node:fs/promises'
import pg from 'pg'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { openPool } from '../db/pool.ts'
import { postgresDir } from './ready-cluster.ts'
import { tempFolder } from './temp-folder.ts'

const WHERE = 'READY_SERVER'

/** Starts it before the first test, and ends it after the last. */
export default async function startReady(): Promise<() => Promise<void>> {
  const folder = await tempFolder('server')
  const database = await openDatabase({ dataDir: folder, postgresDir })
  const pool = openPool(database.url, { name: 'ready' })
  await migrate(pool)
  await pool.end()
  process.env[WHERE] = database.url
  return async () => {
    await database[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A new database of the server that is ready, with today's schema; null where no such server was started. */
export async function readyDatabase(): Promise<({ url: string } & AsyncDisposable) | null> {
  const template = process.env[WHERE]
  if (!template) return null
  const name = `test_${process.pid}_${Date.now()}_${Math.random().toString(36).slice(2)}`
  await asOwner(template, `create database ${name} template ${new URL(template).pathname.slice(1)}`)
  const url = new URL(template)
  url.pathname = name
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => asOwner(template, `drop database if exists ${name} with (force)`),
  }
}

/** A database that is copied must have no visitors, so this is done from another. */
async function asOwner(template: string, statement: string): Promise<void> {
  const url = new URL(template)
  url.pathname = 'postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
