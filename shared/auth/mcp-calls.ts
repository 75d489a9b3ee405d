// The calls of MCP tools as they are stored: a batch at a time, beside the calls and never in their way.
import { isAway, type Pool } from '../db/pool.ts'
import type { Log } from '../log.ts'
import type { McpCall } from '../mcp-call.ts'
import type { Viewer } from './viewer.ts'

/** A call and who made it. */
export interface CallByViewer extends McpCall {
  viewer: Pick<Viewer, 'kind' | 'id' | 'name' | 'only'>
  at: Date
}

const MAX_TEXT = 1_000
const MAX_NAME = 100
const MAX_ENTRIES = 20
const MAX_DEPTH = 8

const plain = (text: string, length: number) => text.slice(0, length).replaceAll('\0', '').toWellFormed()

/** A value as it is stored: long texts and lists are cut. */
function shortened(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return plain(value, MAX_TEXT)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return '…'
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((entry) => shortened(entry, depth + 1))
  const entries = Object.entries(value).slice(0, MAX_ENTRIES)
  return Object.fromEntries(entries.map(([name, entry]) => [plain(name, MAX_NAME), shortened(entry, depth + 1)]))
}

/** Stores calls in one statement. */
export async function storeCalls(pool: Pick<Pool, 'query'>, calls: readonly CallByViewer[]): Promise<void> {
  const rows = calls.map(({ viewer, tool, client, input, ...call }) => ({
    ...call,
    viewer_kind: viewer.kind,
    viewer_id: viewer.id,
    viewer_name: plain(viewer.name, MAX_NAME),
    tool: plain(tool, MAX_NAME),
    client: client === null ? null : plain(client, MAX_NAME),
    // What is called for the assistant was asked in a chat, which admins do not see.
    arguments: viewer.only === 'read' ? null : shortened(input),
  }))
  await pool.query(
    `insert into mcp_calls (at, viewer_kind, viewer_id, viewer_name, transport, tool, arguments, client, row_count,
       duration_ms, outcome, trace)
     select at, viewer_kind, viewer_id, viewer_name, transport, tool, arguments, client, rows, ms, outcome, trace
     from jsonb_to_recordset($1) as c (at timestamptz, viewer_kind text, viewer_id text, viewer_name text,
       transport text, tool text, arguments jsonb, client text, rows int, ms int, outcome text, trace text)`,
    [JSON.stringify(rows)],
  )
}

/** How long calls are gathered before they are stored. */
const GATHER_MS = 100
/** Rows of a statement: writers of the audit wait while it runs. */
const MAX_BATCH = 100
/** Calls that wait while the database is away; further ones are only in the log. */
const MAX_WAITING = 10_000
const RETRY_MS = 1_000

/**
 * Gathers calls and stores them, at most one batch at a time and ten a second. What waits is lost when the process is
 * killed; closing stores it.
 */
export class CallLog implements AsyncDisposable {
  readonly #store: (calls: readonly CallByViewer[]) => Promise<void>
  readonly #log: Log
  #waiting: CallByViewer[] = []
  #timer: NodeJS.Timeout | null = null
  #storing: Promise<boolean> | null = null
  #isClosed = false

  constructor(store: (calls: readonly CallByViewer[]) => Promise<void>, log: Log) {
    this.#store = store
    this.#log = log
  }

  /** Takes a call to be stored soon. Never throws and never waits. */
  add(call: CallByViewer): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#log.warn({ tool: call.tool }, 'a call of an MCP tool is not stored: too many wait for the database')
      return
    }
    this.#waiting.push(call)
    this.#later(GATHER_MS)
  }

  #later(ms: number): void {
    if (this.#timer || this.#storing || this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#storeBatch().then((isStored) => {
        if (this.#waiting.length) this.#later(isStored ? GATHER_MS : RETRY_MS)
      })
    }, ms)
  }

  /** Stores the calls that waited longest; false when that failed, and they wait on. */
  #storeBatch(): Promise<boolean> {
    const batch = this.#waiting.splice(0, MAX_BATCH)
    this.#storing = this.#store(batch)
      .then(
        () => true,
        (error: unknown) => {
          if (!isAway(error)) {
            this.#log.error({ error, calls: batch.length }, 'the database refuses calls of MCP tools')
            return true
          }
          this.#waiting.unshift(...batch)
          this.#log.warn({ error }, 'calls of MCP tools could not be stored; trying again')
          return false
        },
      )
      .finally(() => (this.#storing = null))
    return this.#storing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#storing
    while (this.#waiting.length && (await this.#storeBatch()));
  }
}
