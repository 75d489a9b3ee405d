// Brings the events of one answer to the graph: in batches, one after the other, at most one in 50 ms.
import { setTimeout as wait } from 'node:timers/promises'
import type { GraphClient } from '../graph/client.ts'
import { GraphFault } from '../graph/fault.ts'
import type { TurnEvent } from './run.ts'
import { AssistantReportDocument } from './report-turn-events.mutation.gen.ts'

const EVERY_MS = 50
const MAX_EVENTS = 100
/** After so many events they are gathered for longer. */
const MANY = 500
const SELDOM_MS = 500
/** Characters of one piece of text. */
const LONGEST_TEXT = 20_000
/** The graph takes 65,536 characters of JSON in one event. */
const LONGEST_PAYLOAD = 60_000

const NOT_STORED: TurnEvent = {
  seq: 0,
  kind: 'ERROR',
  payload: { code: 'INTERNAL_SERVER_ERROR', message: 'The answer could not be stored.' },
}

export interface Reporter {
  /** Takes an event; it is sent soon. */
  add(event: TurnEvent): void
  /** Settles when everything was sent. @throws when the graph refused, or could not be reached */
  finish(): Promise<void>
}

/** The reporter of an answer of the assistant. */
export const reporter = (graph: Pick<GraphClient, 'ask'>, turnId: string, onOver: () => void): Reporter =>
  reporterBy(async (events) => {
    const { reportTurnEvents } = await graph.ask(AssistantReportDocument, { input: { turnId, events: [...events] } })
    return reportTurnEvents.over
  }, onOver)

/**
 * A reporter that sends events in any way.
 * @param send sends events, which count up by one from 1, and says whether the turn is over
 * @param onOver called when the graph says that the turn is over, or when it takes no more events: the driver
 *   should stop
 * @param gathers sends what is added within one turn of the event loop together
 */
export function reporterBy(
  send: (events: readonly TurnEvent[]) => Promise<boolean>,
  onOver: () => void,
  gathers = false,
): Reporter {
  let waiting: TurnEvent[] = []
  let over = false
  let sending: Promise<void> | null = null
  /** Events that the graph has. */
  let stored = 0

  async function report(events: readonly TurnEvent[]): Promise<boolean> {
    const isOver = await send(events.map((event, nth) => ({ ...event, seq: stored + nth + 1 })))
    stored += events.length
    return isOver
  }

  async function sendWaiting(): Promise<void> {
    if (gathers) await new Promise(setImmediate)
    while (waiting.length && !over) {
      const events = waiting.slice(0, MAX_EVENTS)
      waiting = waiting.slice(MAX_EVENTS)
      const sent = performance.now()
      if (await report(events)) return stop()
      if (waiting.length === 0) await new Promise(setImmediate)
      // A long answer is sent in fewer, longer pieces: the graph stores a bounded number of them.
      await wait(Math.max(0, (stored > MANY ? SELDOM_MS : EVERY_MS) - (performance.now() - sent)))
    }
  }
  function stop(): void {
    over = true
    onOver()
  }

  const begin = () => {
    sending ??= sendWaiting()
      .catch(async (error: unknown) => {
        stop()
        // What the graph refuses must not leave the answer without an end.
        if (error instanceof GraphFault) await report([NOT_STORED]).catch(() => undefined)
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
      const last = waiting.at(-1)
      const storable = storableEvent(event)
      if (storable.kind === 'TEXT' && last?.kind === 'TEXT' && last.payload.text.length < LONGEST_TEXT)
        waiting[waiting.length - 1] = { ...last, payload: { text: last.payload.text + storable.payload.text } }
      else waiting.push(storable)
      if (!sending) begin().catch((error: unknown) => (failure = error))
    },
    async finish() {
      while (sending || (waiting.length && !over))
        await (sending ?? begin()).catch((error: unknown) => (failure = error))
      if (failure) throw failure as Error
    },
  }
}

/** The event without what the database cannot store: NUL, halves of characters, and payloads that are too large. */
function storableEvent(event: TurnEvent): TurnEvent {
  const clean = withoutUnstorable(event.payload) as Record<string, unknown>
  const json = JSON.stringify(clean)
  if (json.length <= LONGEST_PAYLOAD) return { ...event, payload: clean } as TurnEvent
  if (event.kind === 'TEXT') return { ...event, payload: { text: String(clean['text']).slice(0, LONGEST_TEXT) } }
  if (event.kind === 'TOOL_CALL')
    return { ...event, payload: { ...event.payload, ...clean, arguments: { omitted: 'too large' } } }
  if (event.kind === 'TOOL_RESULT')
    return {
      ...event,
      payload: { ...event.payload, ...clean, content: null, error: 'The result is too large to be shown.' },
    }
  return { ...event, payload: {} } as TurnEvent
}

function withoutUnstorable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(withoutUnstorable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [withoutUnstorable(name) as string, withoutUnstorable(one)]),
  )
}
