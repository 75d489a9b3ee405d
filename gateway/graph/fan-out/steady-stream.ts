import type { ExecutionResult } from 'graphql'
import type { StreamPhase } from '../../../shared/pubsub/row-versions.ts'
import type { Events, Start } from './execution.ts'
import { laterPosition } from './positions.ts'
import { startAgain } from './retry.ts'

/**
 * A stream of facts for one reader. Each event is taken when the reader took the one before. When its subgraph is lost,
 * it goes on after the last fact delivered: nothing twice, nothing missed.
 * @param afterId where it begins; null with what comes
 */
export async function steadyStream(
  start: Start,
  afterId: string | null,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const first = await start('whole')
  if (!(Symbol.asyncIterator in first)) return first
  return new SteadyStream(start, first, afterId)
}

class SteadyStream implements AsyncIterableIterator<ExecutionResult> {
  readonly #start: Start
  #events: Events
  #position: string | null
  #seq = 0
  #isOver = false

  constructor(start: Start, events: Events, position: string | null) {
    this.#start = start
    this.#events = events
    this.#position = position
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    while (!this.#isOver) {
      const step = await this.#events.next().catch(() => null) // reported where it failed
      if (step && !step.done) {
        const { result, versions } = step.value
        this.#position = laterPosition(this.#position ?? this.#events.position ?? null, versions?.position)
        const extensions = {
          ...result.extensions,
          seq: ++this.#seq,
          ...(versions?.resume && { resume: versions.resume }),
        }
        return { value: { ...result, extensions }, done: false }
      }
      if (this.#isOver) break
      const refusal = await this.#restart()
      if (refusal) return { value: refusal, done: false }
    }
    return { value: undefined, done: true }
  }

  async return(value?: unknown): Promise<IteratorResult<ExecutionResult>> {
    this.#isOver = true
    await this.#events.return?.()
    return { value, done: true }
  }

  throw(error: unknown): Promise<IteratorResult<ExecutionResult>> {
    this.#isOver = true
    void this.#events.return?.()
    return Promise.reject(error as Error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Goes on after the last fact. The refusal when that did not succeed, which ends the stream. */
  async #restart(): Promise<ExecutionResult | null> {
    const position = this.#position ?? this.#events.position ?? null
    const phase: StreamPhase = position === null ? 'whole' : { after: position }
    const events = await startAgain(this.#start, phase, () => this.#isOver)
    if (events === null) return null
    if (Symbol.asyncIterator in events) {
      this.#events = events
      return null
    }
    this.#isOver = true
    return events
  }
}
