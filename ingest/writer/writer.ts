import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { isOfKind, topic, type InventoryEvent } from '../../shared/contract/topics.ts'
import type { Log } from '../../shared/log.ts'
import { ensureDays } from '../../shared/db/partitions.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { inTraceOf } from '../../shared/trace/spans.ts'
import { counters } from '../metrics/counters.ts'
import { deadLetter, type Row } from '../rows/row.ts'
import { Backlog, type Batch, type Entry, type Replay } from '../spool/backlog.ts'
import { CursorMoved, readCursor } from '../spool/cursor.ts'
import type { Position } from '../spool/segments.ts'
import type { Spool } from '../spool/spool.ts'
import { storeBatch } from './batch.ts'
import { idCache } from '../rows/id-cache.ts'
import { ChangeGatherer } from './gather-changes.ts'
import { givingWay } from './give-way.ts'
import { StaleMemory } from '../rows/stale-memory.ts'
import { StatementWatch } from './statement-watch.ts'

/** How a writer gets on. */
export interface WriterHealth {
  /** The database takes what we give it: no statement has been in progress for longer than 3 s. */
  storing(): boolean
  /** Seconds that the batch in progress has taken, once it is slow; else null. */
  slowSeconds(): number | null
  /**
   * It stores as fast as it can, and still more comes in: senders should wait a moment. Frames that must be read again
   * from disk cost twice. Never true while the database is slow: then the disk takes what comes in.
   */
  isBehind(): boolean
}

/** Takes what a spool holds and stores it, in order, each frame exactly once. */
export interface Writer extends WriterHealth, AsyncDisposable {
  /** Settles when everything before a place is stored, or the writer ends. */
  passed(position: Position): Promise<void>
}

/** The writers of this process, for its metrics: how long their batches run, and whether all store. */
const running = new Map<Writer, { seconds: number; isStoring: boolean }>()

export interface WriterOptions {
  pool: Pool
  spool: Spool<Entry>
  /** Reads a frame again, as it was read when it came. */
  replay: Replay
  pubsub: PubSub
  log: Log
  /** It stores the rows that are many and long. */
  isBulk?: boolean
  /** When the schema is as new as this code. */
  migrated?: { done: Promise<void> }
}

/** A batch smaller than this waits a little for company: one transaction instead of many. */
const SMALL_BATCH = 500
const GATHER_MS = 25
const RETRY_MS = 500
const DRAIN_MS = 3_000
const EXCERPT = 4_096
/** So many frames wait when we are behind; after so long without a commit it is the database that we wait for. */
const BEHIND_FRAMES = 10_000
const STALLED_MS = 500
/** A batch over this is slow: it is logged with its slowest statement, and the next one is smaller. */
const SLOW_MS = 1_000
/** A statement over this has stalled: something holds a lock, or the disk does not answer. */
const STALLED_STATEMENT_MS = 3_000
const BEAT_MS = 500

// eslint-disable-next-line max-lines-per-function -- the lanes share cursor, batch and stop
export function writer({ pool, spool, replay, pubsub, log, isBulk = false, migrated }: WriterOptions): Writer {
  const ids = idCache()
  const backlog = new Backlog(spool, replay, log)
  const bursts = new ChangeGatherer((topic, event) => pubsub.publish(topic, event))
  /** What the database has; null until it was asked. */
  let committed: Position | null = null
  let limit = Infinity
  let storing = migrated === undefined
  let hasBegun = false
  let stopBy = Infinity
  let storedMs = 0
  let composing = false
  /** Looks at where the writer is. */
  const passing = new Set<() => void>()
  const watch = new StatementWatch()
  const hasStalled = () => (watch.current()?.ms ?? 0) > STALLED_STATEMENT_MS

  async function work(): Promise<void> {
    if (migrated) await Promise.race([migrated.done, once(ending.signal, 'abort')])
    while (Date.now() < stopBy) {
      let batch: Batch | null = null
      try {
        if (committed === null) {
          committed = await locate()
          for (const look of [...passing]) look()
        }
        if (isBulk && stopBy === Infinity) await giveWay()
        batch = await backlog.next(limit)
        if (batch) await store(batch, committed)
        else if (stopBy < Infinity) return
        else await backlog.more()
      } catch (error) {
        await recover(error, batch)
      }
      if ((!batch || batch.frames < SMALL_BATCH) && stopBy === Infinity) await backlog.gather(GATHER_MS)
    }
  }

  async function locate(): Promise<Position> {
    const position = await readCursor(pool, spool.id, spool.first)
    const { first, end } = spool
    // A database that is older than the spool, or another one: what was deleted cannot be stored again.
    const usable = position.segment < first.segment || position.segment > end.segment ? first : position
    backlog.startAt(usable)
    storing = true
    hasBegun = true
    await spool.release(usable)
    if (usable !== position)
      log.warn({ position, first }, 'the database knows another spool; starting at its first frame')
    return position
  }

  async function store({ rows, frames, end }: Batch, from: Position): Promise<void> {
    composing = true
    const sent = () => (composing = false)
    const publish = await timed(frames, () =>
      inTraceOf('store', rows, () =>
        storeBatch(pool, ids, rows, { spoolId: spool.id, from, to: end }, sent, watch, isBulk),
      ).finally(sent),
    )
    committed = end
    for (const look of [...passing]) look()
    storedMs = performance.now()
    counters.stored.inc(frames)
    for (const { topic: name, event } of publish) {
      if (isOfKind('inventory', name)) {
        bursts.take(name, event as InventoryEvent)
        pubsub.publish(topic('change', (event as InventoryEvent).character), event)
      } else pubsub.publish(name, event)
    }
    await spool.release(end)
  }

  /** Measures a batch while it is stored, and bounds the next one by the time that this one took. */
  async function timed<T>(frames: number, work: () => Promise<T>): Promise<T> {
    watch.begin()
    const done = counters.batch.startTimer()
    try {
      return await work()
    } finally {
      done()
      const { ms, slowest } = watch.end()
      if (ms > SLOW_MS) {
        counters.slowStatements.inc({ statement: slowest?.statement ?? 'none' })
        log.warn({ frames, batchMs: Math.round(ms), ...slowest }, 'a batch was slow')
        limit = Math.max(1, Math.floor((frames * SLOW_MS) / ms))
      } else limit = limit < 4096 ? limit * 2 : Infinity
    }
  }

  async function recover(error: unknown, batch: Batch | null): Promise<void> {
    if (batch && isMissingDay(error)) {
      committed = null
      const moments = batch.rows.map(({ row }) => row.receivedAt)
      return ensureDays(pool, moments).catch((fault: unknown) =>
        log.error({ error: fault }, 'could not make partitions'),
      )
    }
    const refused = batch !== null && committed !== null && isRefusal(error)
    // A frame the database refuses must not hold up its neighbours: halve until it stands alone, then set it aside.
    if (refused && batch.frames === 1) return setAside(batch.end, error)
    committed = null
    if (refused) limit = batch.frames >> 1
    else if (!(error instanceof CursorMoved || error instanceof StaleMemory)) {
      if (storing) log.error({ error }, 'the database does not take frames; they wait on disk')
      storing = false
      await pause(RETRY_MS)
    }
  }

  async function setAside(end: Position, error: unknown): Promise<void> {
    const from = committed!
    backlog.startAt(from)
    limit = 2
    const record = await backlog.recordAt(from)
    const reason = `refused by the database: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`
    log.warn({ error }, 'a frame the database refuses was set aside')
    counters.dropped.inc({ reason: 'refused_by_database' })
    const frame = (record?.body.subarray(0, EXCERPT).toString() ?? '').replaceAll('\0', '').toWellFormed()
    const receivedAt = new Date(record?.receivedMs ?? Date.now()).toISOString()
    const letter = { receivedAt, type: null, character: null, path: null, reason, frame }
    const rows: Row[] = record?.kind === 'frame' ? [deadLetter(letter)] : [] // a letter refused is lost
    try {
      await store({ rows, frames: 1, end }, from)
      backlog.startAt(end)
    } catch (fault) {
      committed = null
      log.error({ error: fault }, 'a frame could not be set aside; trying again')
      await pause(RETRY_MS)
    }
  }

  /** Shows a batch that is slow, or a statement that has stalled, while it is in progress. */
  let reported: 'slow' | 'stalled' | null = null
  const beat = setInterval(() => {
    const ms = watch.runningMs() ?? 0
    // A bulk writer waits for the other one at first: that is no fault.
    const isStoring = self.storing() || (isBulk && !hasBegun)
    running.set(self, { seconds: ms > SLOW_MS ? ms / 1_000 : 0, isStoring })
    counters.batchRunning.set(Math.max(...[...running.values()].map(({ seconds }) => seconds)))
    const state = hasStalled() ? 'stalled' : ms > SLOW_MS ? 'slow' : null
    if (state === 'stalled' && reported !== state)
      log.error({ batchMs: Math.round(ms), ...watch.current() }, 'the writer has stalled: a statement does not end')
    if (state === 'slow' && reported === null)
      log.warn({ batchMs: Math.round(ms), ...watch.current() }, 'a batch is slow')
    counters.storing.set([...running.values()].every((writer) => writer.isStoring) ? 1 : 0)
    reported = state
  }, BEAT_MS).unref()

  const ending = new AbortController()
  /** Waits, but not once we are to stop. */
  const pause = (ms: number) => wait(ms, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)

  const giveWay = givingWay(pause)
  const working = work()
  working.catch((error: unknown) => log.fatal({ error }, 'the writer stopped'))

  const self: Writer = {
    storing: () => storing && !hasStalled(),
    slowSeconds() {
      const ms = watch.runningMs() ?? 0
      return ms > SLOW_MS ? Math.round(ms / 100) / 10 : null
    },
    passed: (position) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!ending.signal.aborted && (committed === null || isBefore(committed, position))) return
          passing.delete(look)
          resolve()
        }
        passing.add(look)
        ending.signal.addEventListener('abort', look)
        look()
      }),
    isBehind: () => (composing || backlog.remembered > BEHIND_FRAMES) && performance.now() - storedMs < STALLED_MS,
    async [Symbol.asyncDispose]() {
      const before = spool.backlogBytes
      stopBy = storing ? Date.now() + DRAIN_MS : 0 // what is on disk is safe there
      ending.abort()
      backlog.end()
      await working
      clearInterval(beat)
      running.delete(self)
      bursts[Symbol.dispose]()
      await backlog[Symbol.asyncDispose]()
      log.info({ drainedBytes: before - spool.backlogBytes, leftBytes: spool.backlogBytes }, 'the writer ended')
    },
  }
  return self
}

const isBefore = (a: Position, b: Position) => a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset)

/**
 * Whether the database refuses what we gave it: out of range (22), against a constraint (23), too large (54), or not to
 * be written down at all. Everything else is the database's trouble and not the frame's, and frames wait for its end.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23|54)...$/.test(code)
}

/** Whether rows are of a day that has no partition: they waited long, or our clock is or was wrong. */
function isMissingDay(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown }
  return code === '23514' && routine === 'ExecFindPartition'
}
