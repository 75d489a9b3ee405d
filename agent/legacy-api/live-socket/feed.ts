// One reading of the graph for all old clients of the same rights, of what at least one of them wants.
import { setTimeout as wait } from 'node:timers/promises'
import type { ExecutionResult } from 'graphql'
import type { Log } from '../../../shared/log.ts'
import type { GraphCaller } from '../../../shared/serve/graph-access.ts'
import { askerFor } from '../ask.ts'
import { gives, SOURCES, type Source } from './sources.ts'

/** Somebody who reads frames. */
export interface Reader {
  /** Types of the frames it wants; null for all. */
  wanted: ReadonlySet<string> | null
  take(text: string): void
}

/** A stream that ended is opened again after this time: a subgraph starts again. */
const AGAIN_MS = 1_000

export class Feed {
  readonly #readers = new Set<Reader>()
  readonly #open = new Map<Source, AbortController>()

  readonly #caller: GraphCaller
  readonly #log: Log

  /** @param caller rights without a person */
  constructor(caller: GraphCaller, log: Log) {
    this.#caller = caller
    this.#log = log
  }

  add(reader: Reader): void {
    this.#readers.add(reader)
    this.settle()
  }

  /** Forgets a reader; true when it was the last. */
  remove(reader: Reader): boolean {
    this.#readers.delete(reader)
    this.settle()
    return this.#readers.size === 0
  }

  /** Opens what is wanted by now, and closes what nobody wants any more. */
  settle(): void {
    for (const source of SOURCES) {
      const isWanted = [...this.#readers].some(({ wanted }) => gives(source, wanted))
      const open = this.#open.get(source)
      if (isWanted && !open) {
        const ending = new AbortController()
        this.#open.set(source, ending)
        void this.#follow(source, ending.signal)
      } else if (!isWanted && open) {
        this.#open.delete(source)
        open.abort()
      }
    }
  }

  async #follow(source: Source, ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      try {
        const result = await this.#caller.subscribe(source.document, {}, 'changes')
        if (!(Symbol.asyncIterator in result)) throw new Error('The graph refused a subscription of the live socket')
        const events = result[Symbol.asyncIterator]()
        const end = () => void events.return?.()
        if (ended.aborted) return end()
        ended.addEventListener('abort', end, { once: true })
        for (let step = await events.next(); !step.done && !ended.aborted; step = await events.next())
          await this.#tell(source, step.value)
        ended.removeEventListener('abort', end)
      } catch (error) {
        this.#log.warn({ error }, 'a stream of the old live socket broke')
      }
      if (!ended.aborted) await wait(AGAIN_MS, undefined, { ref: false })
    }
  }

  async #tell(source: Source, { data }: ExecutionResult): Promise<void> {
    const event = Object.values(data ?? {})[0]
    if (event == null) return
    try {
      for (const { type, body } of await source.framesFrom(event as never, askerFor(this.#caller))) {
        const readers = [...this.#readers].filter(({ wanted }) => wanted === null || wanted.has(type))
        if (!readers.length) continue
        const text = JSON.stringify(body)
        for (const reader of readers) reader.take(text)
      }
    } catch (error) {
      this.#log.warn({ error }, 'an event could not be sent to legacy clients')
    }
  }
}
