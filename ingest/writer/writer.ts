import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../shared/log.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { counters } from '../counters.ts'
import type { Publish, Row } from '../outcome.ts'
import { storeBatch } from './batch.ts'
import { dimensions } from './dimensions.ts'

/** The rows of one frame; `text` is the frame, for the dead letter should the database refuse it. */
export interface Entry {
  rows: Row[]
  bytes: number
  text: string
}

/** The one who writes. Everything waits in memory, in order, until its batch is committed. */
export interface Writer extends AsyncDisposable {
  push(entry: Entry): void
  /** More waits than should: senders are to be held back until `onRelief` is told. */
  full(): boolean
  onRelief(listener: () => void): void
  /** The database takes what we give it. */
  storing(): boolean
}

const BATCH_FRAMES = 10_000
const BATCH_BYTES = 16 * 1024 * 1024
/** A short gathering makes one transaction of what many characters send at once. */
const GATHER_MS = 40
const FULL_FRAMES = 100_000
const FULL_BYTES = 128 * 1024 * 1024
const RETRY_MS = 500
const DRAIN_MS = 10_000

export function writer({ pool, pubsub, log }: { pool: Pool; pubsub: PubSub; log: Log }): Writer {
  const known = dimensions()
  let waiting: Entry[] = []
  let bytes = 0
  let working: Promise<void> | null = null
  let storing = true
  let stopBy = Infinity
  let ended = false
  const relief: (() => void)[] = []

  const full = () => waiting.length >= FULL_FRAMES || bytes >= FULL_BYTES

  async function work(): Promise<void> {
    await wait(GATHER_MS)
    while (waiting.length && Date.now() < stopBy) {
      const wasFull = full()
      const batch = nextBatch()
      await store(batch)
      counters.waiting.set(waiting.length)
      if (wasFull && !full()) for (const listener of relief) listener()
    }
  }

  function nextBatch(): Entry[] {
    let size = 0
    let count = 0
    while (
      count < waiting.length &&
      count < BATCH_FRAMES &&
      (count === 0 || size + waiting[count]!.bytes <= BATCH_BYTES)
    )
      size += waiting[count++]!.bytes
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    bytes -= size
    return batch
  }

  async function store(batch: readonly Entry[]): Promise<void> {
    for (;;) {
      try {
        const done = counters.batch.startTimer()
        const publish = await storeBatch(
          pool,
          known,
          batch.flatMap((entry) => entry.rows),
        )
        done()
        storing = true
        counters.stored.inc(batch.length)
        tell(publish)
        return
      } catch (error) {
        if (isRefusal(error)) return isolate(batch, error)
        if (storing) log.error({ error, frames: batch.length }, 'the database does not take frames; they wait')
        storing = false
        if (Date.now() > stopBy) throw error
        await wait(RETRY_MS)
      }
    }
  }

  /** A frame the database refuses must not hold up its neighbours: halve until it stands alone, then set it aside. */
  async function isolate(batch: readonly Entry[], error: unknown): Promise<void> {
    if (batch.length > 1) {
      const middle = batch.length >> 1
      await store(batch.slice(0, middle))
      await store(batch.slice(middle))
      return
    }
    const [entry] = batch
    counters.dropped.inc({ reason: 'refused_by_database' })
    log.warn({ error, table: entry!.rows[0]?.table }, 'a frame the database refuses was set aside')
    if (entry!.rows[0]?.table === 'dead_letters') return // it cannot even be set aside
    const reason = `refused by the database: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`
    const frame = entry!.text.slice(0, 4_096).replaceAll('\0', '').toWellFormed()
    await store([
      {
        rows: [
          {
            table: 'dead_letters',
            row: { receivedAt: new Date().toISOString(), type: null, character: null, path: null, reason, frame },
          },
        ],
        bytes: 0,
        text: '',
      },
    ])
  }

  function tell(publish: readonly Publish[]): void {
    for (const { topic, event } of publish) pubsub.publish(topic, event)
  }

  function start(): void {
    working ??= work()
      .catch((error: unknown) => log.error({ error, lost: waiting.length }, 'the writer stopped'))
      .finally(() => {
        working = null
        if (waiting.length && Date.now() < stopBy) start()
      })
  }

  return {
    push(entry) {
      if (ended) return counters.dropped.inc({ reason: 'came_after_the_end' })
      waiting.push(entry)
      bytes += entry.bytes
      start()
    },
    full,
    onRelief: (listener) => void relief.push(listener),
    storing: () => storing,
    async [Symbol.asyncDispose]() {
      stopBy = Date.now() + DRAIN_MS
      await working
      ended = true
      if (waiting.length) log.error({ lost: waiting.length }, 'stopped before these frames were stored')
    },
  }
}

/**
 * Whether the database refuses what we gave it: out of range (22), against a constraint (23), too large (54), or not to be
 * written down at all. Everything else is the database's trouble and not the frame's, and frames wait for its end.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23|54)...$/.test(code)
}
