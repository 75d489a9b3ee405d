import { fault } from '../errors.ts'
import type { RowVersions, VersionedStream, StreamPhase } from './row-versions.ts'
import { Channel } from './channel.ts'
import type { PubSub } from './pubsub.ts'

/** Rows that may wait for one reader before the oldest are dropped. */
const MAX_WAITING = 5_000
const MAX_WAITING_IN_LISTS = 50_000

export interface SnapshotThenUpdates<T> {
  pubsub: PubSub
  /** The requested phase, set by the host of the subgraph. */
  phase: StreamPhase
  topics: readonly string[]
  /** Reads the current rows, which are sent first. Runs after the subscription, so that nothing is lost in between. */
  snapshot?: () => Promise<readonly T[]>
  /** Maps an event to a row; undefined skips it. Order is kept. */
  map: (event: unknown) => T | undefined | Promise<T | undefined>
  /** Key and version of a row: an event no newer than the snapshot's row of the same key is skipped. */
  rowVersion?: RowVersion<T>
  /** Called once when the stream ends, on either side. */
  onEnd?: () => void
}

export interface RowVersion<T> {
  key: (row: T) => string
  version: (row: T) => string
}

/** Passes rows to the reader. */
interface Outlet<T> {
  now(rows: readonly T[]): void
  change(row: T | Promise<T | undefined>): void
  /** Drops rows that are held back. */
  stop(): void
}

/** Subscribes, reads the snapshot, then sends the snapshot and every change. */
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

/**
 * The same, with only the newest row of each key per interval of `every` milliseconds, 1 to 60,000; null sends every
 * row.
 */
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

/**
 * Every row, but in lists: rows of `every` milliseconds, 1 to 10,000, are sent together. The snapshot is the first
 * list.
 */
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
  { pubsub, phase, topics, snapshot, map, rowVersion, onEnd }: SnapshotThenUpdates<T>,
  most: number,
  outletTo: (channel: Channel<V>) => Outlet<T>,
): VersionedStream<V> {
  let held: unknown[] | null = [] // events that arrive before the snapshot is read
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
    onEnd?.()
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
