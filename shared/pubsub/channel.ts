import type { RowVersions, VersionedStream } from './row-versions.ts'

type Maybe<V> = V | Promise<V | undefined>
/** Row versions of a value; for a promise, how to compute them once it has settled. */
type Rows<V> = RowVersions['rows'] | ((value: V) => RowVersions['rows'])
interface Waiting<V> {
  value: Maybe<V>
  rows: Rows<V>
  weight: number
}

/**
 * Values pushed in at one end and read at the other, in order. Written by hand, since an `async function*` that waits
 * on a quiet topic ignores `return()` and leaks its listener.
 */
export class Channel<V> implements VersionedStream<V> {
  versions: RowVersions | null = null
  #waiting: Waiting<V>[] = []
  #weight = 0
  #lost = 0
  #wake: (() => void) | null = null
  #failure: { error: unknown } | null = null
  #begun: Promise<void> | null = null
  ended = false

  readonly #most: number
  readonly #onStart: () => Promise<void>
  readonly #onEnd: () => void

  /** `most`: rows that may wait; beyond them the oldest are dropped and counted, so that memory stays bounded. */
  constructor(most: number, onStart: () => Promise<void>, onEnd: () => void) {
    this.#most = most
    this.#onStart = onStart
    this.#onEnd = onEnd
  }

  push(value: Maybe<V>, rows: Rows<V>, weight = 1): void {
    if (this.ended) return
    // thrown when it is read; unread it must not end the process
    if (value instanceof Promise) value.catch(() => undefined)
    this.#waiting.push({ value, rows, weight })
    this.#weight += weight
    while (this.#weight > this.#most && this.#waiting.length > 1) {
      const oldest = this.#waiting.shift()!
      this.#weight -= oldest.weight
      this.#lost += oldest.weight
    }
    this.#ring()
  }

  listen(): Promise<void> {
    this.#begun ??= this.#onStart().catch((error: unknown) => this.end({ error }))
    return this.#begun
  }

  /** Ends the stream for its reader, with an error if there is one. */
  end(failure?: { error: unknown }): void {
    if (this.ended) return
    this.ended = true
    this.#failure = failure ?? null
    if (!failure) this.#waiting = []
    this.#onEnd()
    this.#ring()
  }

  /** Ends once what waits was read. */
  finish(): void {
    if (this.ended) return
    this.ended = true
    this.#onEnd()
    this.#ring()
  }

  async next(): Promise<IteratorResult<V>> {
    void this.listen()
    for (;;) {
      const first = this.#waiting.shift()
      if (first) {
        this.#weight -= first.weight
        const value = await this.#read(first.value)
        if (value === undefined) continue
        this.versions = { rows: typeof first.rows === 'function' ? first.rows(value) : first.rows, lost: this.#lost }
        this.#lost = 0
        return { value, done: false }
      }
      if (this.#failure) {
        const { error } = this.#failure
        this.#failure = null
        throw error
      }
      if (this.ended) return { value: undefined, done: true }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  return(value?: unknown): Promise<IteratorResult<V>> {
    this.#waiting = []
    this.end()
    return Promise.resolve({ value, done: true })
  }

  throw(error: unknown): Promise<IteratorResult<V>> {
    this.end()
    return Promise.reject(error as Error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** A row that fails ends the stream, and with it the listening. */
  async #read(value: Maybe<V>): Promise<V | undefined> {
    if (!(value instanceof Promise)) return value
    try {
      return await value
    } catch (error) {
      this.#waiting = []
      this.end()
      throw error
    }
  }

  #ring(): void {
    this.#wake?.()
    this.#wake = null
  }
}
