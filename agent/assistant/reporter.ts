// Brings the events of one answer to the graph: in batches, one after the other, at most one in 50 ms.
import { setTimeout as wait } from 'node:timers/promises'
import type { GraphClient } from '../graph/client.ts'
import type { TurnEvent } from './run.ts'
import { AssistantReportDocument } from './report-turn-events.mutation.gen.ts'

const EVERY_MS = 50
const MOST = 100

export interface Reporter {
  /** Takes an event; it is sent soon. */
  add(event: TurnEvent): void
  /** Settles when everything was sent. @throws when the graph refused, or could not be reached */
  finish(): Promise<void>
}

/**
 * @param onOver called when the graph says that the turn is over, or when it takes no more events: the driver
 *   should stop
 */
export function reporter(graph: Pick<GraphClient, 'ask'>, turnId: string, onOver: () => void): Reporter {
  let waiting: TurnEvent[] = []
  let over = false
  let sending: Promise<void> | null = null

  async function send(): Promise<void> {
    while (waiting.length && !over) {
      const events = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      const sent = performance.now()
      const { reportTurnEvents } = await graph.ask(AssistantReportDocument, { input: { turnId, events } })
      if (reportTurnEvents.over) return stop()
      if (waiting.length === 0) await new Promise(setImmediate)
      await wait(Math.max(0, EVERY_MS - (performance.now() - sent)))
    }
  }
  function stop(): void {
    over = true
    onOver()
  }

  const begin = () => {
    sending ??= send()
      .catch((error: unknown) => {
        stop()
        throw error
      })
      .finally(() => (sending = null))
    sending.catch(() => undefined) // reported by `finish`
    return sending
  }
  let failure: unknown = null
  return {
    add(event) {
      if (over) return
      waiting.push(event)
      if (!sending) begin().catch((error: unknown) => (failure = error))
    },
    async finish() {
      while (sending || (waiting.length && !over))
        await (sending ?? begin()).catch((error: unknown) => (failure = error))
      if (failure) throw failure as Error
    },
  }
}
