import { fault } from '../errors.ts'
import type { RowVersions, VersionedStream, StreamPhase } from './row-versions.ts'
import { Channel } from './channel.ts'
import type { PubSub } from './pubsub.ts'

/** Rows one reader may be behind before the oldest are dropped. */
const MAX_WAITING = 5_000
const MAX_WAITING_IN_LISTS = 50_000

export interface SnapshotThenUpdates<T> {
  pubsub: PubSub
  /** Which part is wanted; the host of the subgraph says. */
  phase: StreamPhase
  topics: readonly string[]
  /** What is there now; told first. Runs after listening began, so that nothing falls in between. */
  snapshot?: () => Promise<readonly T[]>
  /** Makes of an event what the reader wants; undefined passes it over. Order is kept. */
  map: (event: unknown) => T | undefined | Promise<T | undefined>
  /** What an event is about and how new it is: one no newer than what `look` told of the same key is passed over. */
  rowVersion?: RowVersion<T>
}

export interface RowVersion<T> {
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
export function snapshotThenUpdates<T>(options: SnapshotThenUpdates<T>): VersionedStream<T> {
  const versionsOf = versionsBy(options.rowVersion)
  return stream<T, T>(options, MAX_WAITING, (channel) => ({
    now: (rows) => rows.forEach((row) => channel.push(row, versionsOf([row]))),
    change: (row) => channel.push(row, row instanceof Promise ? (there: T) => versionsOf([there]) : versionsOf([row])),
    stop: () => undefined,
  }))
}

const MAX_INTERVAL_MS = 60_000
const MAX_LIST_INTERVAL_MS = 10_000

function checkEvery(every: number, most: number): number {
  if (every >= 1 && every <= most) return every
  throw fault('BAD_USER_INPUT', `\`every\` must be 1 to ${most} milliseconds.`)
}

/** The same for who wants no more than the newest of each key every so many milliseconds, 1 to 60,000; null is every row. */
export function newestEvery<T>(
  options: SnapshotThenUpdates<T> & { rowVersion: RowVersion<T>; map: (event: unknown) => T | undefined },
  every: number | null | undefined,
): VersionedStream<T> {
  if (every == null) return snapshotThenUpdates(options)
  const everyMs = checkEvery(every, MAX_INTERVAL_MS)
  const versionsOf = versionsBy(options.rowVersion)
  return stream<T, T>(options, MAX_WAITING, (channel) => {
    const held = new Map<string, T>()
    const timer = timerOf(everyMs, () => {
      for (const row of held.values()) channel.push(row, versionsOf([row]))
      held.clear()
    })
    return {
      now: (rows) => rows.forEach((row) => channel.push(row, versionsOf([row]))),
      change(row) {
        held.set(options.rowVersion.key(row as T), row as T)
        timer.start()
      },
      stop: timer.stop,
    }
  })
}

/** Everything, but in lists: what came within so many milliseconds, 1 to 10,000, is told at once. What is now is the first list. */
export function listsEvery<T>(
  options: SnapshotThenUpdates<T> & { map: (event: unknown) => T | undefined },
  every: number,
): VersionedStream<T[]> {
  const everyMs = checkEvery(every, MAX_LIST_INTERVAL_MS)
  const versionsOf = versionsBy(options.rowVersion)
  return stream<T, T[]>(options, MAX_WAITING_IN_LISTS, (channel) => {
    let held: T[] = []
    const timer = timerOf(everyMs, () => {
      channel.push(held, versionsOf(held), held.length)
      held = []
    })
    return {
      now: (rows) => rows.length && channel.push([...rows], versionsOf(rows), rows.length),
      change(row) {
        held.push(row as T)
        timer.start()
      },
      stop: timer.stop,
    }
  })
}

function stream<T, V>(
  { pubsub, phase, topics, snapshot, map, rowVersion }: SnapshotThenUpdates<T>,
  most: number,
  outletTo: (channel: Channel<V>) => Outlet<T>,
): VersionedStream<V> {
  let held: unknown[] | null = [] // events that arrive before the look is done
  let stops: (() => void)[] = []
  const versions = new Map<string, string>()
  const isNew = (row: T): boolean => {
    const version = versions.size === 0 || !rowVersion ? undefined : versions.get(rowVersion.key(row))
    return version === undefined || rowVersion!.version(row) > version
  }
  const take = (event: unknown) => {
    const row = map(event)
    if (row === undefined || (!(row instanceof Promise) && !isNew(row))) return
    outlet.change(row)
  }

  async function begin(): Promise<void> {
    if (phase !== 'now') {
      for (const topic of new Set(topics)) {
        const stop = await pubsub.subscribe(topic, (event) => (held ? held.push(event) : take(event)))
        if (channel.ended) return stop()
        stops.push(stop)
      }
    }
    const now = snapshot && phase !== 'changes' ? await snapshot() : []
    if (channel.ended) return
    if (rowVersion && phase === 'whole')
      for (const row of now) versions.set(rowVersion.key(row), rowVersion.version(row))
    outlet.now(now)
    if (phase === 'now') return channel.finish()
    const early = held ?? []
    held = null
    for (const event of early) take(event)
  }

  const channel = new Channel<V>(most, begin, () => {
    for (const stop of stops) stop()
    stops = []
    outlet.stop()
  })
  const outlet = outletTo(channel)
  return channel
}

const versionsBy =
  <T>(rowVersion: RowVersion<T> | undefined) =>
  (rows: readonly T[]): RowVersions['rows'] =>
    rowVersion ? rows.map((row) => [rowVersion.key(row), rowVersion.version(row)] as const) : []

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
