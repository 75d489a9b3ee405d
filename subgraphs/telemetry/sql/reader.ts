// Runs statements that the guard has passed: as the role of its own, in a transaction that only reads and that names
// the viewer, with limits of time, rows and bytes. It does not rely on the guard.
import pg from 'pg'
import type { Privacy } from '../../../shared/access/privacy.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { parseExact } from './exact-json.ts'
import { watchMemory } from './memory-watch.ts'
import { ensureRole, LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from './role.ts'
import { signatureOf, viewerVariable } from './viewer-variable.ts'

const MAX_CONNECTIONS = 4
/** A row, as JSON. */
const MAX_ROW_BYTES = 16_384
/** All rows together, as JSON. */
const MAX_BYTES = 1_048_576
/** Memory that one statement may use, where the database runs on this machine. */
const MAX_MEMORY_BYTES = 128 * 1024 * 1024
/** How long a statement waits for a connection. */
const CONNECT_TIMEOUT_MS = 8_000
/** So long after the database should have ended a statement the connection is closed: some functions do not stop. */
const GRACE_MS = 1_000

export interface SqlColumn {
  name: string
  type: string
}

export interface SqlRows {
  columns: SqlColumn[]
  /** Values in the order of the columns. */
  rows: unknown[][]
  truncated: boolean
  elapsedMs: number
}

export interface SqlReader extends AsyncDisposable {
  /**
   * @param sql one SELECT
   * @param first the most rows
   * @throws what Postgres reports, with its code; MissingRights
   */
  run(sql: string, explains: boolean, privacy: Privacy, first: number): Promise<SqlRows>
}

interface Ready {
  pool: pg.Pool
  key: Buffer
}

interface ReaderOptions {
  /** May make roles, and reads the key by which transactions name their viewer. */
  owner: Pool
  url: string
  /** The secret that the rooms share. */
  key: string
  onError: (error: Error) => void
  /** After how long a statement is ended. */
  timeoutMs?: number
}

/** A statement was ended because it used too much memory. */
export class TooMuchMemory extends Error {}

/** Nothing is connected, and no role made, before the first statement. */
export function sqlReader(options: ReaderOptions): SqlReader {
  const { timeoutMs = STATEMENT_TIMEOUT_MS } = options
  let ready: Promise<Ready> | null = null
  const forget = async () => {
    const old = ready
    ready = null
    await old?.then(({ pool }) => pool.end()).catch(() => undefined)
  }
  return {
    async run(sql, explains, privacy, first) {
      ready ??= prepare({ ...options, timeoutMs })
      const { pool, key } = await ready.catch((error: unknown) => {
        ready = null // tried again with the next statement
        throw error
      })
      try {
        return await inTransaction(pool, { key, privacy, timeoutMs }, (client) =>
          // A plan too: making it computes what is constant, of any size.
          watched(client, pool, () => (explains ? explain(client, sql) : read(client, sql, first))),
        )
      } catch (error) {
        // The views were made again, by a restored backup: so were their key and the rights to read them.
        if ((error as { code?: unknown }).code === '42501') await forget()
        throw error
      }
    },
    [Symbol.asyncDispose]: forget,
  }
}

async function prepare({ owner, url, key, onError, timeoutMs }: Required<ReaderOptions>): Promise<Ready> {
  const pool = new pg.Pool({
    connectionString: await ensureRole(owner, url, key),
    max: MAX_CONNECTIONS,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: timeoutMs + GRACE_MS,
    application_name: 'overlord sql',
  })
  pool.on('error', onError)
  const { rows } = await owner.query<{ key: Buffer }>('select key from sql_private.signing_key')
  return { pool, key: rows[0]!.key }
}

/** A connection returns to the pool without anything that a statement may have left in it, or not at all. */
async function inTransaction<T>(
  pool: pg.Pool,
  { key, privacy, timeoutMs }: { key: Buffer; privacy: Privacy; timeoutMs: number },
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const lost = () => undefined // reported by the statement that runs
  client.on('error', lost)
  try {
    await client.query('begin read only')
    const variable = viewerVariable(privacy, processOf(client), new Date())
    await client.query(
      `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
         set_config('search_path', 'pg_catalog', true), set_config('overlord.viewer', $3, true),
         set_config('overlord.viewer_signature', $4, true)`,
      [`${timeoutMs}ms`, `${LOCK_TIMEOUT_MS}ms`, variable, signatureOf(variable, key)],
    )
    const result = await work(client)
    await client.query('rollback')
    await client.query('discard all')
    client.off('error', lost)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** Runs a statement, which is ended when it uses too much memory. @throws TooMuchMemory */
async function watched<T>(client: pg.PoolClient, { options }: pg.Pool, work: () => Promise<T>): Promise<T> {
  const { connectionString } = options
  const pid = processOf(client)
  const end = async () => {
    // A connection of its own: the others may all be busy. A role may end what it runs itself.
    const other = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
    await other.connect()
    await other.query('select pg_terminate_backend($1)', [pid])
    await other.end()
  }
  const stop = watchMemory({ pid, role: new URL(connectionString!).username, mostBytes: MAX_MEMORY_BYTES, end })
  try {
    return await work()
  } catch (error) {
    if (await stop()) throw new TooMuchMemory()
    throw error
  } finally {
    await stop()
  }
}

/** The process of the connection in the database. */
const processOf = (client: pg.PoolClient): number => (client as unknown as { processID: number }).processID

/** Extended: a text with more than one statement is refused by the protocol itself. */
const extended = (text: string): pg.QueryConfig & { queryMode: 'extended' } => ({ text, queryMode: 'extended' })

async function read(client: pg.PoolClient, sql: string, first: number): Promise<SqlRows> {
  const begun = performance.now()
  const { fields } = await client.query(extended(`select * from (${sql}\n) t limit 0`))
  const columns = await columnsOf(client, fields)
  const names = fields.map((_, n) => `c${n}`).join()
  // Too long a row comes as null; from where all are too long together, all do.
  const { rows } = await client.query<{ row: string | null }>(
    extended(`select case when total <= ${MAX_BYTES} then row end as row from (
      select row, sum(octet_length(row)) over (rows unbounded preceding) as total from (
        select case when octet_length(row) <= ${MAX_ROW_BYTES} then row end as row from (
          select row_to_json(t)::text as row from (${sql}\n) as t${names && `(${names})`} limit ${first + 1}
        ) all_rows) short_rows) counted`),
  )
  const kept = rows.slice(0, first).flatMap(({ row }) => (row === null ? [] : [row]))
  return {
    columns,
    rows: kept.map((row) => Object.values(parseExact(row) as object)),
    truncated: kept.length < rows.length,
    elapsedMs: performance.now() - begun,
  }
}

/** The plan, a line a row; without estimates, which would show something of rows that are hidden. */
async function explain(client: pg.PoolClient, sql: string): Promise<SqlRows> {
  const begun = performance.now()
  const { rows, fields } = await client.query<Record<string, string>>(extended(`explain (costs off) ${sql}`))
  return {
    columns: await columnsOf(client, fields),
    rows: rows.map((row) => Object.values(row)),
    truncated: false,
    elapsedMs: performance.now() - begun,
  }
}

async function columnsOf(client: pg.PoolClient, fields: readonly pg.FieldDef[]): Promise<SqlColumn[]> {
  const { rows } = await client.query<{ type: string }>(
    'select format_type(t.id, null) as type from unnest($1::oid[]) with ordinality t(id, n) order by t.n',
    [fields.map(({ dataTypeID }) => dataTypeID)],
  )
  return fields.map(({ name }, n) => ({ name, type: rows[n]!.type }))
}
