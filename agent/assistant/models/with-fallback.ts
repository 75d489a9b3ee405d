// What every driver with a language model does when the model fails.
import type { Log } from '../../../shared/log.ts'
import type { Asked, Driver, DriverEvent } from '../driver.ts'
import { CALLED_ON, ModelFault, reasonOf } from './failure.ts'

/** Rounds of tool calls in one answer; in the last one the model must write. */
export const MAX_STEPS = 8
/** Tool calls of one answer; a model that makes more has gone astray. */
export const MAX_CALLS = 40

export interface FallbackOptions {
  kind: Driver['kind']
  /** As people know the model. */
  label: string
  /** Answers when the model fails before it has written anything. */
  fallback: Driver
  log: Log
}

/**
 * A driver that passes on the events of a model's answer, and ends them. A model that fails before it has written
 * anything is replaced by `fallback`, with the reason shown.
 * @param eventsOf the answer without its end; throws when the model fails
 */
export function withFallback(
  { kind, label, fallback, log }: FallbackOptions,
  eventsOf: (asked: Asked) => AsyncIterable<DriverEvent>,
): Driver {
  return {
    kind,
    model: label,
    async *answer(asked) {
      let wrote = false
      let calls = 0
      try {
        yield { kind: 'STATUS', payload: { text: `Asking ${label}` } }
        for await (const event of eventsOf(asked)) {
          wrote ||= event.kind === 'TEXT'
          if (event.kind === 'TOOL_CALL' && ++calls > MAX_CALLS) throw new Error('Too many tool calls')
          yield event
        }
        const silent = wrote ? {} : { note: `${label} wrote no answer. Ask again, or ask in other words.` }
        yield { kind: 'DONE', payload: { reason: wrote ? 'COMPLETE' : 'EMPTY', driver: label, ...silent } }
      } catch (error) {
        if (asked.signal.aborted) throw error
        const reason = calls > MAX_CALLS ? 'it called too many tools' : reasonAfter(calls, error)
        // The error itself holds the whole request: what the person asked, and what tools found.
        log.warn({ reason, model: label, ...(asked.trace && { trace: asked.trace }) }, 'a language model failed')
        if (wrote) yield { kind: 'DONE', payload: brokenOff(label, reason, asked) }
        else yield* fallenBack(fallback, asked, `${label} failed: ${reason}`)
      }
    },
  }
}

const reasonAfter = (calls: number, error: unknown): string =>
  calls >= MAX_STEPS - 1 && !(error instanceof ModelFault) ? CALLED_ON : reasonOf(error)

const brokenOff = (label: string, reason: string, asked: Asked) => ({
  reason: 'INCOMPLETE',
  driver: label,
  note: `${label} broke off: ${reason}. The answer above is incomplete.`,
  suggestions: [asked.messages.at(-1)!.text],
})

/** The answer of the fallback; its note says why it was needed. */
async function* fallenBack(fallback: Driver, asked: Asked, why: string): AsyncGenerator<DriverEvent, void> {
  yield { kind: 'STATUS', payload: { text: why } }
  for await (const event of fallback.answer(asked))
    yield event.kind === 'DONE'
      ? {
          ...event,
          payload: { ...event.payload, note: [why, event.payload.note].filter(Boolean).join('; '), isFallback: true },
        }
      : event
}
