import type { PubSub } from './pubsub.ts'

/** Events one reader may be behind before the oldest are dropped. */
const MAX_WAITING = 5_000

export interface StartingWith<T> {
  pubsub: PubSub
  topics: readonly string[]
  /** What is there now; told first. Runs after listening began, so that nothing falls in between. */
  look?: () => Promise<readonly T[]>
  /** Makes of an event what the reader wants; undefined passes it over. Order is kept. */
  follow: (event: unknown) => T | undefined | Promise<T | undefined>
  /** What an event is about and how new it is: one no newer than what `look` told of the same key is passed over. */
  newness?: { key: (row: T) => string; version: (row: T) => string }
}

/**
 * Listens, then looks, then follows: what is now, then every change.
 * Written by hand, since an `async function*` that waits on a quiet topic ignores `return()` and leaks its listener.
 */
export function startingWith<T>({ pubsub, topics, look, follow, newness }: StartingWith<T>): AsyncIterableIterator<T> {
  const waiting: (T | Promise<T | undefined>)[] = []
  let held: unknown[] | null = [] // events that arrive before the look is done
  let wake: (() => void) | null = null
  let stops: (() => void)[] = []
  let ended = false
  let failure: unknown
  const told = new Map<string, string>()
  const isNew = (row: T): boolean => {
    const version = newness && told.get(newness.key(row))
    return version === undefined || newness!.version(row) > version
  }

  const ring = () => {
    wake?.()
    wake = null
  }
  const take = (event: unknown) => {
    const row = follow(event)
    if (row === undefined || (!(row instanceof Promise) && !isNew(row))) return
    if (waiting.length >= MAX_WAITING) waiting.shift() // a reader too slow loses the oldest; memory stays bounded
    if (row instanceof Promise) row.catch(() => undefined) // told when it is read; unread it must not end the process
    waiting.push(row)
    ring()
  }
  const end = () => {
    ended = true
    for (const stop of stops) stop()
    stops = []
    waiting.length = 0
    ring()
  }

  /** A row that fails ends the stream, and with it the listening. */
  async function nextRow(row: T | Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await row
    } catch (error) {
      end()
      throw error
    }
  }

  async function begin(): Promise<void> {
    for (const topic of new Set(topics)) {
      const stop = await pubsub.subscribe(topic, (event) => (held ? held.push(event) : take(event)))
      if (ended) return stop()
      stops.push(stop)
    }
    const now = look ? await look() : []
    if (ended) return
    if (newness) for (const row of now) told.set(newness.key(row), newness.version(row))
    for (const row of now) waiting.push(row)
    const early = held ?? []
    held = null
    for (const event of early) take(event)
    ring()
  }
  let begun: Promise<void> | null = null

  return {
    async next() {
      begun ??= begin().catch((error: unknown) => {
        failure = error
        end()
      })
      for (;;) {
        if (waiting.length) {
          const row = await nextRow(waiting.shift()!)
          if (row !== undefined) return { value: row, done: false }
          continue
        }
        if (failure) {
          const error = failure
          failure = undefined
          throw error
        }
        if (ended) return { value: undefined, done: true }
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    return(value?: unknown) {
      end()
      return Promise.resolve({ value, done: true as const })
    },
    throw(error: unknown) {
      end()
      return Promise.reject(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
