// Who runs where: what is measured has the first core to itself; database, load and watchers share the second.
import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import pg from 'pg'
import { launchPostgres } from '../../shared/db/embedded/launch.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { cableTo, type Cable } from './cable.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'

export const MEASURED_CORE = 0
const OTHER_CORE = 1
export const canPin = process.platform === 'linux' && availableParallelism() > 1

/** Moves this process, and whatever it starts from now on, to the second core. */
export function standAside(): void {
  if (canPin) spawnSync('taskset', ['-cp', String(OTHER_CORE), String(process.pid)])
}

/** Starts something that may run on either core: what is neither measured nor part of the load. */
export async function unpinned<T>(start: () => Promise<T>): Promise<T> {
  if (canPin) spawnSync('taskset', ['-cp', `${MEASURED_CORE},${OTHER_CORE}`, String(process.pid)])
  try {
    return await start()
  } finally {
    standAside()
  }
}

/** So many files of its log a database has ready that has been at work for a while. */
const LOG_FILES = 12

/**
 * Makes a new database one that has been at work for a while: the files of its log are there and need only be written
 * again, and what making it left in memory is on disk. Both would else hold it up in the midst of what is measured.
 */
async function settle(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`alter system set min_wal_size = '${(LOG_FILES + 1) * 16}MB'`)
  await client.query('select pg_reload_conf()')
  for (let n = 0; n < LOG_FILES; n++) {
    await client.query(`select pg_logical_emit_message(false, 'bench', 'something to end a file with')`)
    await client.query('select pg_switch_wal()')
  }
  await client.query('checkpoint')
  await client.end()
  spawnSync('sync')
}

export interface Stage extends AsyncDisposable {
  overlord: TestOverlord
  /** The way from Overlord to its database. */
  cable: Cable | null
  databaseUrl: string
}

/** A overlord on the first core, with its database on the second. `withCable`: its database can be taken away. */
export async function stage(env: Record<string, string> = {}, withCable = false): Promise<Stage> {
  standAside()
  const folder = await tempFolder('bench')
  const postgres = await launchPostgres(folder)
  await settle(postgres.url)
  const url = new URL(postgres.url)
  const cable = withCable ? await cableTo(Number(url.port)) : null
  if (cable) url.port = String(cable.port)
  const overlord = await startOverlord({
    ...(canPin ? { core: MEASURED_CORE } : {}),
    env: { DATABASE_URL: url.href, INGEST_FRAMES_PER_SECOND: '1000000', ...env },
  })
  return {
    overlord,
    cable,
    databaseUrl: postgres.url,
    async [Symbol.asyncDispose]() {
      await overlord[Symbol.asyncDispose]()
      cable?.[Symbol.dispose]()
      await postgres[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
