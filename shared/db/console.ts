import { endNow, endSignals } from '../end-signals.ts'
import { common } from '../settings/common.ts'
import { readConfig } from '../settings/setting.ts'
import { openDatabase } from './open.ts'
import { openPool, type Pool } from './pool.ts'
import { terminateOnAbort } from './terminate-on-abort.ts'

const { DATABASE_URL, DATA_DIR, POSTGRES_DIR } = common
/** After an interruption, how long closing may take before the process ends all the same. */
const MAX_CLOSING_MS = 6_000

type Env = Readonly<Record<string, string | undefined>>
type Work = (pool: Pool, url: string, interrupted: AbortSignal) => Promise<void>

/**
 * Runs a command's work on the database that `env` names, whether Overlord runs or not, and closes it again. A fault is
 * said in one line and ends the process with 1.
 */
export const atConsole = (name: string, env: Env, work: Work): Promise<void> =>
  faultsAtConsole((interrupted) => onDatabase(name, env, interrupted, work))

/** The same within `faultsAtConsole`, for a command that has its words read first. */
export async function onDatabase(name: string, env: Env, interrupted: AbortSignal, work: Work): Promise<void> {
  const config = readConfig({ DATABASE_URL, DATA_DIR, POSTGRES_DIR }, env)
  await using database = await openDatabase({
    url: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    postgresDir: config.POSTGRES_DIR,
    keepUsed: true,
  })
  interrupted.throwIfAborted()
  const pool = openPool(database.url, { name, max: 2 })
  terminateOnAbort(pool, database.url, interrupted)
  try {
    await work(pool, database.url, interrupted)
  } finally {
    await pool.end()
  }
}

/**
 * Runs the work of a command. A fault is said in one line and ends the process with 1. A signal to end aborts
 * `interrupted`: the work fails then, and closes what it opened, an embedded database too.
 */
export async function faultsAtConsole(work: (interrupted: AbortSignal) => Promise<void>): Promise<void> {
  const ending = new AbortController()
  const end = () => {
    ending.abort(new Error('Interrupted.'))
    setTimeout(() => endNow(1), MAX_CLOSING_MS).unref()
  }
  const signals = endSignals()
  for (const signal of signals) process.on(signal, end)
  try {
    await work(ending.signal)
  } catch (error) {
    const why: unknown = ending.signal.aborted ? ending.signal.reason : error
    console.error(why instanceof Error ? why.message : String(why))
    process.exitCode = 1
  } finally {
    for (const signal of signals) process.off(signal, end)
  }
}
