import { migrate } from '../../shared/db/migrate.ts'
import { openDatabase } from '../../shared/db/open.ts'
import { openPool } from '../../shared/db/pool.ts'
import { fillPast } from './fill-past.ts'
import { lastReported, type LastReported } from './stored-past.ts'

/** More characters have no past: storing it would take longer than anybody waits. */
const MAX_CHARACTERS = 120

/** Where the past of a demo goes, and which world it is of. */
export interface DemoPastOptions {
  /** Without one, the embedded database of the data folder. */
  databaseUrl: string | undefined
  dataDir: string
  postgresDir: string | undefined
  /** The game server of frames that name none. */
  gameServer: string
  characters: number
  seed: number
  /** Ends the work between two parts; the rest is stored at the next start. */
  signal: AbortSignal
}

/** The past of a demo, stored. */
export interface DemoPast {
  /**
   * When the world begins, as ISO text; null for a database that has frames and no such past, and for many characters.
   */
  startedAt: string | null
  /** It was stored just now: the world goes on from its end. */
  isNew: boolean
  /** What was reported last of every character, where the world was played further than its past. */
  reported: [string, LastReported][]
  /** Leaves the database to who uses it; stops an embedded one that nobody uses. Safe to call twice. */
  leave: () => Promise<void>
}

/** Opens the database of a demo and stores the past in it, unless it is there. Rejects if aborted. */
export async function openDemoPast(options: DemoPastOptions): Promise<DemoPast> {
  const { databaseUrl, dataDir, postgresDir, gameServer, characters, seed, signal } = options
  const isFew = Number.isInteger(characters) && characters > 0 && characters <= MAX_CHARACTERS
  const database = await openDatabase({ url: databaseUrl, dataDir, postgresDir, keepUsed: true })
  let left: Promise<void> | undefined
  const leave = () => (left ??= Promise.resolve(database[Symbol.asyncDispose]()))
  if (!isFew) return { startedAt: null, isNew: false, reported: [], leave }
  try {
    const pool = openPool(database.url, { name: 'demo', max: 1, pipeline: true, byIndex: true })
    try {
      await migrate(pool)
      // A part that a crash takes is stored again: the cursor goes with it.
      await pool.query('set synchronous_commit = off')
      const past = await fillPast(pool, { seed, characters, gameServer, now: Date.now(), signal })
      const isNew = (past?.frames ?? 0) > 0
      const reported = isNew ? [] : await lastReported(pool)
      return { startedAt: past && new Date(past.start).toISOString(), isNew, reported, leave }
    } finally {
      await pool.end()
    }
  } catch (error) {
    await leave()
    throw error
  }
}
