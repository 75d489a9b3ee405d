import pg from 'pg'
import { measurePool } from './pool-metrics.ts'

// Whole numbers of 64 bits come as JavaScript numbers: every one of ours is below 2^53. Moments come as ISO text in
// UTC, as events carry them; sessions are set to UTC, so Postgres always ends them with +00.
const BIGINT = 20
const TIMESTAMPTZ = 1184
const parsers = new Map<number, (text: string) => unknown>([
  [BIGINT, Number],
  [TIMESTAMPTZ, isoOf],
])

const TO_SECONDS = '2026-01-01 00:00:00'.length
const TO_MILLISECONDS = '2026-01-01 00:00:00.000'.length

/**
 * A moment as ISO text to the millisecond, from Postgres' text of it. Cut from the text where its year has four digits:
 * an answer has hundreds of moments, and a Date takes five times as long.
 */
export function isoOf(text: string): string {
  const end = text.length - '+00'.length
  if (end < TO_SECONDS || text[10] !== ' ' || !text.endsWith('+00'))
    return new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z')).toISOString()
  const fraction = end > TO_SECONDS ? text.slice(TO_SECONDS, Math.min(end, TO_MILLISECONDS)).padEnd(4, '0') : '.000'
  return `${text.slice(0, 10)}T${text.slice(11, TO_SECONDS)}${fraction}Z`
}

export type Pool = pg.Pool
export type Client = pg.PoolClient

/** Options of a pool. `readOnly` refuses every write in the database itself. */
export interface PoolOptions {
  name: string
  max?: number
  readOnly?: boolean
  /** Statements go out without waiting for the answers of those before. */
  pipeline?: boolean
  /**
   * Rows are found by index, even while the statistics say that a table is small: for the writer, whose tables grow
   * faster than they are analyzed, and whose statements are planned once for each connection.
   */
  byIndex?: boolean
  onError?: (error: Error) => void
}

/**
 * Indexes of words sort new ones in by and by: the default of 4 MB at once holds a batch up for 70 ms, a little at a
 * time costs more.
 */
const SETTINGS = '-c timezone=UTC -c statement_timeout=30000 -c gin_pending_list_limit=512kB'

/** A pool of connections. A lost idle connection is reported to `onError` and replaced; it never ends the process. */
export function openPool(
  url: string,
  { name, max = 4, readOnly = false, pipeline = false, byIndex = false, onError = () => undefined }: PoolOptions,
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    pipeline,
    connectionTimeoutMillis: 10_000,
    application_name: `overlord ${name}`,
    options:
      SETTINGS + (readOnly ? ' -c default_transaction_read_only=on' : '') + (byIndex ? ' -c enable_seqscan=off' : ''),
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  pool.on('error', onError)
  measurePool(name, pool)
  return pool
}

/**
 * Whether an error says that the database is away, starting or out of room, and not that something is wrong with what
 * it was asked.
 */
export function isAway(error: unknown): boolean {
  const { code, message = '' } = error as { code?: unknown; message?: string }
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return /^(08|53|57|58)/.test(code)
  return typeof code === 'string' || /connection|timeout/i.test(message)
}

/** Runs `work` in one transaction; rolls back when it throws. */
export async function transaction<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const lost = (error: Error) => void (broken = error) // without a listener a lost connection would end the process
  client.on('error', lost)
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

const names = new Map<string, string>()
const MAX_KEPT = 200

/**
 * A statement that each connection prepares and plans once: for texts that are used all the time and are always the
 * same. Throws when there are too many of them: then texts are built again on each call.
 */
export function kept(text: string, values: unknown[]): pg.QueryConfig {
  let name = names.get(text)
  if (name === undefined) {
    if (names.size >= MAX_KEPT) throw new Error('Too many statements to keep.')
    names.set(text, (name = `kept ${names.size}`))
  }
  return { name, text, values }
}
