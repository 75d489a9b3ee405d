import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../../shared/log.ts'
import type { TraceReport } from '../traces/report.ts'
import type { Collector } from './collector.ts'
import { TRACES_PATH } from './names.ts'
import { bodyOf, spanOf } from './write-spans.ts'

const MAX_WAITING = 1_000
const BATCH = 200
/** How long spans gather, and how long a collector may take, in milliseconds. */
const GATHER_MS = 1_000
const TIMEOUT_MS = 5_000

export interface SpanExporter extends AsyncDisposable {
  /** Takes a report to be sent; what a collector does not take is lost, and nothing waits for it. */
  add(report: TraceReport): void
}

/** Sends reports to a collector, but for those that only one person may see. */
export function spanExporter({ endpoint, headers }: Collector, log: Log, gatherMs = GATHER_MS): SpanExporter {
  let waiting: object[] = []
  let sending: Promise<void> | null = null
  const ending = new AbortController()

  async function send(): Promise<void> {
    await wait(gatherMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)
    for (let batch = waiting.splice(0, BATCH); batch.length; batch = waiting.splice(0, BATCH)) {
      const request = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: bodyOf(batch),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }
      try {
        const { ok, status } = await fetch(addressOf(endpoint), request)
        if (!ok) log.warn({ status }, 'a collector refused traces of assistants')
      } catch (error) {
        waiting = []
        log.warn({ error }, 'a collector of traces of assistants could not be reached')
      }
    }
  }

  return {
    add(report) {
      const span = report.turnId === null ? spanOf(report) : null
      if (!span || waiting.length >= MAX_WAITING || ending.signal.aborted) return
      waiting.push(span)
      sending ??= send().finally(() => (sending = null))
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await sending
    },
  }
}

/** Where a collector takes traces: some programs are given that address, others the one that it is below. */
function addressOf(endpoint: string): string {
  const base = endpoint.replace(/\/$/, '')
  return base.endsWith(TRACES_PATH) ? base : base + TRACES_PATH
}
