import { fault } from '../errors.ts'
import type { Mark, Marked, Part } from './marks.ts'
import { Channel } from './channel.ts'
import type { PubSub } from './pubsub.ts'

/** Rows one reader may be behind before the oldest are dropped. */
const MAX_WAITING = 5_000
const MAX_WAITING_IN_LISTS = 50_000

export interface StartingWith<T> {
  pubsub: PubSub
  /** Which part is wanted; the host of the subgraph says. */
  part: Part
  topics: readonly string[]
  /** What is there now; told first. Runs after listening began, so that nothing falls in between. */
  look?: () => Promise<readonly T[]>
  /** Makes of an event what the reader wants; undefined passes it over. Order is kept. */
  follow: (event: unknown) => T | undefined | Promise<T | undefined>
  /** What an event is about and how new it is: one no newer than what `look` told of the same key is passed over. */
  newness?: Newness<T>
  /** Called once when the stream ends, whoever ends it. */
  onEnd?: () => void
}

export interface Newness<T> {
  key: (row: T) => string
  version: (row: T) => string
}

/** Where rows go on their way to the reader. */
interface Outlet<T> {
  now(rows: readonly T[]): void
  change(row: T | Promise<T | undefined>): void
  /** Whatever is held back goes out now or never. */
  stop(): void
}

/** Listens, then looks, then follows: what is now, then every change. */
export function startingWith<T>(options: StartingWith<T>): Marked<T> {
  const marks = marksBy(options.newness)
  return stream<T, T>(options, MAX_WAITING, (channel) => ({
    now: (rows) => rows.forEach((row) => channel.push(row, marks([row]))),
    change: (row) => channel.push(row, row instanceof Promise ? (there: T) => marks([there]) : marks([row])),
    stop: () => undefined,
  }))
}

const MOST_MS = 60_000
const MOST_MS_OF_LISTS = 10_000

function checkEvery(every: number, most: number): number {
  if (every >= 1 && every <= most) return every
  throw fault('BAD_USER_INPUT', `\`every\` must be 1 to ${most} milliseconds.`)
}

/** The same for who wants no more than the newest of each key every so many milliseconds, 1 to 60,000; null is every row. */
export function newestEvery<T>(
  options: StartingWith<T> & { newness: Newness<T>; follow: (event: unknown) => T | undefined },
  every: number | null | undefined,
): Marked<T> {
  if (every == null) return startingWith(options)
  const everyMs = checkEvery(every, MOST_MS)
  const marks = marksBy(options.newness)
  return stream<T, T>(options, MAX_WAITING, (channel) => {
    const held = new Map<string, T>()
    const timer = timerOf(everyMs, () => {
      for (const row of held.values()) channel.push(row, marks([row]))
      held.clear()
    })
    return {
      now: (rows) => rows.forEach((row) => channel.push(row, marks([row]))),
      change(row) {
        held.set(options.newness.key(row as T), row as T)
        timer.start()
      },
      stop: timer.stop,
    }
  })
}

/** Everything, but in lists: what came within so many milliseconds, 1 to 10,000, is told at once. What is now is the first list. */
export function listsEvery<T>(
  options: StartingWith<T> & { follow: (event: unknown) => T | undefined },
  every: number,
): Marked<T[]> {
  const everyMs = checkEvery(every, MOST_MS_OF_LISTS)
  const marks = marksBy(options.newness)
  return stream<T, T[]>(options, MAX_WAITING_IN_LISTS, (channel) => {
    let held: T[] = []
    const timer = timerOf(everyMs, () => {
      channel.push(held, marks(held), held.length)
      held = []
    })
    return {
      now: (rows) => rows.length && channel.push([...rows], marks(rows), rows.length),
      change(row) {
        held.push(row as T)
        timer.start()
      },
      stop: timer.stop,
    }
  })
}

function stream<T, V>(
  { pubsub, part, topics, look, follow, newness, onEnd }: StartingWith<T>,
  most: number,
  outletTo: (channel: Channel<V>) => Outlet<T>,
): Marked<V> {
  let held: unknown[] | null = [] // events that arrive before the look is done
  let stops: (() => void)[] = []
  const told = new Map<string, string>()
  const isNew = (row: T): boolean => {
    const version = told.size === 0 || !newness ? undefined : told.get(newness.key(row))
    return version === undefined || newness!.version(row) > version
  }
  const take = (event: unknown) => {
    const row = follow(event)
    if (row === undefined || (!(row instanceof Promise) && !isNew(row))) return
    outlet.change(row)
  }

  async function begin(): Promise<void> {
    if (part !== 'now') {
      for (const topic of new Set(topics)) {
        const stop = await pubsub.subscribe(topic, (event) => (held ? held.push(event) : take(event)))
        if (channel.ended) return stop()
        stops.push(stop)
      }
    }
    const now = look && part !== 'changes' ? await look() : []
    if (channel.ended) return
    if (newness && part === 'whole') for (const row of now) told.set(newness.key(row), newness.version(row))
    outlet.now(now)
    if (part === 'now') return channel.finish()
    const early = held ?? []
    held = null
    for (const event of early) take(event)
  }

  const channel = new Channel<V>(most, begin, () => {
    for (const stop of stops) stop()
    stops = []
    outlet.stop()
    onEnd?.()
  })
  const outlet = outletTo(channel)
  return channel
}

const marksBy =
  <T>(newness: Newness<T> | undefined) =>
  (rows: readonly T[]): Mark['rows'] =>
    newness ? rows.map((row) => [newness.key(row), newness.version(row)] as const) : []

function timerOf(everyMs: number, due: () => void) {
  let timer: NodeJS.Timeout | null = null
  return {
    start: () => {
      timer ??= setTimeout(() => {
        timer = null
        due()
      }, everyMs)
    },
    stop: () => {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
