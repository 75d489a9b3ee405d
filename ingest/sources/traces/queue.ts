import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { TRACE_ACTIVITY_TOPIC, TRACE_TOPIC, type TraceActivity } from '../../../shared/contract/traces.ts'
import { isAway, type Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { traceCounters } from './counters.ts'
import type { TraceJournal } from './journal.ts'
import type { TraceReport } from './report.ts'
import { storeReports } from './store.ts'

/** Reports that wait to be stored. Beyond the limit they are refused: a reporter never waits. */
const MAX_WAITING = 2_000
const BATCH = 100
/** How long reports are gathered before they are stored: one transaction for many costs little more than for one. */
const GATHER_MS = 25
const RETRY_MS = 1_000

export interface TraceQueue extends AsyncDisposable {
  /** Takes a report to be stored; false when too many wait. */
  add(report: TraceReport): boolean
}

export interface TraceQueueHost {
  pool: Pool
  pubsub: PubSub
  log: Log
  /** Keeps what waits over the end of the process; null for nowhere. */
  journal?: TraceJournal | null
  /** Settles once reports can be stored. */
  ready?: Promise<unknown>
}

/**
 * Stores reports in batches, in the order in which they came, and publishes that there are some. It begins with what
 * an earlier process left in the journal: a report that was stored before is the same step.
 * @param onStored called with each report after it is stored
 */
export function traceQueue(
  { pool, pubsub, log, journal = null, ready = Promise.resolve() }: TraceQueueHost,
  onStored: (report: TraceReport) => void = () => undefined,
): TraceQueue {
  let waiting: TraceReport[] = [...(journal?.left ?? [])]
  let storing: Promise<void> | null = null
  const ending = new AbortController()
  const canStore = Promise.race([ready, once(ending.signal, 'abort')]).catch(() => undefined)
  /** Waits, but not once this ends. */
  const pause = (ms: number) => wait(ms, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)
  const store = () => (storing ??= storeAll().finally(() => (storing = null)))

  async function storeAll(): Promise<void> {
    // A schema that cannot be made is said elsewhere; what waits is then kept, or lost and counted, below.
    await canStore
    /** How many are stored one by one: a report that the database refuses does not take the others along. */
    let single = 0
    while (waiting.length) {
      if (waiting.length < BATCH && !single) await pause(GATHER_MS)
      const batch = waiting.slice(0, single ? 1 : BATCH)
      try {
        await storeReports(pool, batch)
        traceCounters.reports.inc({ outcome: 'stored' }, batch.length)
        batch.forEach(onStored)
      } catch (error) {
        if (isAway(error) && !ending.signal.aborted) {
          await pause(RETRY_MS)
          continue
        }
        if (isAway(error) && journal)
          return log.warn({ reports: waiting.length }, 'reports are stored at the next start')
        if (batch.length > 1) {
          single = batch.length
          continue
        }
        traceCounters.reports.inc({ outcome: 'lost' }, batch.length)
        log.warn({ error }, 'a step of a trace could not be stored')
      }
      single = Math.max(0, single - batch.length)
      waiting = waiting.slice(batch.length)
      pubsub.publish(TRACE_TOPIC, {})
    }
    journal?.clear()
  }

  if (waiting.length) void store()

  return {
    add(report) {
      if (waiting.length >= MAX_WAITING || ending.signal.aborted || !isKept(report, waiting, { journal, log })) {
        traceCounters.reports.inc({ outcome: 'refused' })
        return false
      }
      waiting.push(report)
      publishActivity(pubsub, report)
      void store()
      return true
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await storing
      journal?.[Symbol.dispose]()
    },
  }
}

/** Lets worlds follow a report that all viewers may see. */
function publishActivity(pubsub: PubSub, { turnId, kind, player, mode, lookedAt }: TraceReport): void {
  if (turnId === null) pubsub.publish(TRACE_ACTIVITY_TOPIC, { kind, player, mode, lookedAt } satisfies TraceActivity)
}

/** Whether the disk has a report. @param waiting those before it */
function isKept(
  report: TraceReport,
  waiting: readonly TraceReport[],
  { journal, log }: { journal: TraceJournal | null; log: Log },
): boolean {
  try {
    journal?.add(report)
    if (journal?.isLong) journal.rewrite([...waiting, report])
    return true
  } catch (error) {
    log.error({ error }, 'a report of an assistant could not be written')
    return false
  }
}
