// A database cluster with today's schema, made once for a run of tests and copied for each that needs one: making it
// takes seconds.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { openPool } from '../db/pool.ts'
import { tempFolder } from './temp-folder.ts'

const run = promisify(execFile)
const WHERE = 'READY_CLUSTER'
/** Another Postgres than the package's, to run all tests on. */
export const postgresDir = process.env['POSTGRES_DIR']
/** The same as a setting of processes that tests start. */
export const postgresEnv: Record<string, string> = postgresDir ? { POSTGRES_DIR: postgresDir } : {}

/** Makes it before the first test, and takes it away after the last. */
export default async function makeReady(): Promise<() => Promise<void>> {
  const folder = await tempFolder('ready')
  {
    await using database = await openDatabase({ dataDir: folder, postgresDir })
    const pool = openPool(database.url, { name: 'ready' })
    await migrate(pool)
    await pool.end()
  }
  process.env[WHERE] = folder
  return () => rm(folder, { recursive: true, force: true })
}

/** A new folder for data; the database in it is ready where a run of tests has made one. */
export async function dataFolder(what: string): Promise<string> {
  const folder = await tempFolder(what)
  const ready = process.env[WHERE] && path.join(process.env[WHERE], 'postgres')
  if (ready && existsSync(ready)) await run('cp', ['-a', ready, folder]) // its owner may be another than we
  return folder
}
