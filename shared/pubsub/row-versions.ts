// Row versions travel with each event of a stream from the subgraph to the gateway, so that a new reader can join a
// stream with other readers: nothing missed, nothing twice.

/**
 * Which part of a stream is requested: the snapshot (`now`), the changes from now on, or both in this order
 * (`whole`).
 */
export type StreamPhase = 'now' | 'changes' | 'whole'

export const streamPhaseOf = (value: unknown): StreamPhase => (value === 'now' || value === 'changes' ? value : 'whole')

/** The rows in one event. */
export interface RowVersions {
  /** Key and version of each row: a row is older than another of the same key with a greater version. */
  readonly rows: readonly (readonly [key: string, version: string])[]
  /** How many rows were dropped before it because the reader was too slow. */
  readonly lost: number
}

/** A stream with the row versions of its last value. */
export interface VersionedStream<V> extends AsyncIterableIterator<V> {
  readonly versions: RowVersions | null
  /** Starts, and settles once every later change will be received. */
  listen(): Promise<void>
}

/** Sent beside a result, under `extensions`. The key `mark` is on the wire. */
export interface VersionExtensions {
  mark?: RowVersions | null
  /** No event: every later change will be sent. First in a stream of changes. */
  listening?: true
}
