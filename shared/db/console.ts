import { common } from '../settings/common.ts'
import { readConfig } from '../settings/setting.ts'
import { openDatabase } from './open.ts'
import { openPool, type Pool } from './pool.ts'

const { DATABASE_URL, DATA_DIR, POSTGRES_DIR } = common

/**
 * Runs a command's work on the database that `env` names, whether Overlord runs or not, and closes it again. A fault is
 * said in one line and ends the process with 1.
 */
export async function atConsole(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  work: (pool: Pool, url: string) => Promise<void>,
): Promise<void> {
  await faultsAtConsole(async () => {
    const config = readConfig({ DATABASE_URL, DATA_DIR, POSTGRES_DIR }, env)
    await using database = await openDatabase({
      url: config.DATABASE_URL,
      dataDir: config.DATA_DIR,
      postgresDir: config.POSTGRES_DIR,
      keepUsed: true,
    })
    const pool = openPool(database.url, { name, max: 2 })
    try {
      await work(pool, database.url)
    } finally {
      await pool.end()
    }
  })
}

/** Runs the work of a command. A fault is said in one line and ends the process with 1. */
export async function faultsAtConsole(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
