import { setTimeout as wait } from 'node:timers/promises'
import { TRACE_ACTIVITY_TOPIC, TRACE_TOPIC, type TraceActivity } from '../../../shared/contract/traces.ts'
import { isAway, type Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { traceCounters } from './counters.ts'
import type { TraceReport } from './report.ts'
import { storeReports } from './store.ts'

/** Reports that wait to be stored. Beyond the limit they are refused: a reporter never waits. */
const MAX_WAITING = 2_000
const BATCH = 100
const RETRY_MS = 1_000

export interface TraceQueue extends AsyncDisposable {
  /** Takes a report to be stored; false when too many wait. */
  add(report: TraceReport): boolean
}

/**
 * Stores reports in batches, in the order in which they came, and publishes that there are some.
 * @param onStored called with each report after it is stored
 */
export function traceQueue(
  { pool, pubsub, log }: { pool: Pool; pubsub: PubSub; log: Log },
  onStored: (report: TraceReport) => void = () => undefined,
): TraceQueue {
  let waiting: TraceReport[] = []
  let storing: Promise<void> | null = null
  const ending = new AbortController()

  async function storeAll(): Promise<void> {
    while (waiting.length) {
      const batch = waiting.slice(0, BATCH)
      try {
        await storeReports(pool, batch)
        traceCounters.reports.inc({ outcome: 'stored' }, batch.length)
        batch.forEach(onStored)
      } catch (error) {
        if (isAway(error) && !ending.signal.aborted) {
          await wait(RETRY_MS, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)
          continue
        }
        await storeEach(batch)
      }
      waiting = waiting.slice(batch.length)
      pubsub.publish(TRACE_TOPIC, {})
    }
  }

  /** One that the database refuses does not take the others along. */
  async function storeEach(batch: readonly TraceReport[]): Promise<void> {
    for (const report of batch)
      try {
        await storeReports(pool, [report])
        traceCounters.reports.inc({ outcome: 'stored' })
        onStored(report)
      } catch (error) {
        traceCounters.reports.inc({ outcome: 'lost' })
        log.warn({ error }, 'a step of a trace could not be stored')
      }
  }

  return {
    add(report) {
      if (waiting.length >= MAX_WAITING || ending.signal.aborted) {
        traceCounters.reports.inc({ outcome: 'refused' })
        return false
      }
      waiting.push(report)
      if (report.turnId === null) {
        const { kind, player, mode, lookedAt } = report
        pubsub.publish(TRACE_ACTIVITY_TOPIC, { kind, player, mode, lookedAt } satisfies TraceActivity)
      }
      storing ??= storeAll().finally(() => (storing = null))
      return true
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await storing
    },
  }
}
