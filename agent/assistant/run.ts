// The one orchestrator: whatever a driver does, its events are counted, and exactly one ends them.
import { newTrace } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Asked, Driver, DriverEvent } from './driver.ts'

/** An event of an answer, as it is reported. */
export type TurnEvent = { seq: number } & (DriverEvent | { kind: 'ERROR'; payload: { code: string; message: string } })

/** No answer takes longer; what acts for the person ends a minute later. */
export const LONGEST_MS = 4 * 60_000

export interface RunOptions {
  driver: Driver
  log: Log
  /** How long an answer may take, in milliseconds. */
  longestMs?: number
}

/**
 * The events of one answer, counted from 1. The last is `DONE` or `ERROR`, and nothing follows it; an answer that is
 * stopped from outside ends with `ERROR` too.
 */
export async function* run(
  asked: Asked,
  { driver, log, longestMs = LONGEST_MS }: RunOptions,
): AsyncGenerator<TurnEvent, void> {
  let seq = 0
  const late = AbortSignal.timeout(longestMs)
  const signal = AbortSignal.any([asked.signal, late])
  const fail = (code: string, message: string): TurnEvent => ({
    seq: ++seq,
    kind: 'ERROR',
    payload: { code, message },
  })
  const events = driver.answer({ ...asked, signal })
  try {
    for (;;) {
      const next = await orAborted(events.next(), signal)
      if (next === 'aborted') break
      if (next.done) return void (yield { seq: ++seq, kind: 'DONE', payload: { reason: 'COMPLETE' } })
      yield { seq: ++seq, ...next.value }
      if (next.value.kind === 'DONE') return
    }
    yield late.aborted ? fail('TOO_SLOW', 'The answer took too long.') : fail('STOPPED', 'The answer was stopped.')
  } catch (error) {
    const trace = asked.trace ?? newTrace()
    log.error({ error, trace }, 'an answer failed')
    yield fail(
      'INTERNAL_SERVER_ERROR',
      `Something went wrong. An admin finds more in the log under the trace ${trace}.`,
    )
  } finally {
    // A driver that ignores the signal is not waited for.
    void events.return().catch(() => undefined)
  }
}

/** What comes first: the value, or the end of the signal. */
async function orAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> {
  if (signal.aborted) {
    value.catch(() => undefined)
    return 'aborted'
  }
  let stop: () => void = () => undefined
  const aborted = new Promise<'aborted'>((resolve) => {
    stop = () => resolve('aborted')
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([value, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
    value.catch(() => undefined) // of one that lost the race nobody hears
  }
}
