// What the host of a subgraph tells the gateway about each event of a stream, so that the gateway can let a newcomer into a
// stream that others already read: nothing missed, nothing twice.

/** Which part of a stream is wanted: what is now, the changes from now on, or (`whole`) the one and then the other. */
export type StreamPhase = 'now' | 'changes' | 'whole'

export const streamPhaseOf = (value: unknown): StreamPhase => (value === 'now' || value === 'changes' ? value : 'whole')

/** What one event is about. */
export interface RowVersions {
  /** Key and version of each row in it: a row is older news than another of the same key with a greater version. */
  readonly rows: readonly (readonly [key: string, version: string])[]
  /** How many rows were dropped before it because nobody read in time. */
  readonly lost: number
}

/** A stream that knows what the value it gave last is about. */
export interface VersionedStream<V> extends AsyncIterableIterator<V> {
  readonly versions: RowVersions | null
  /** Begins, and settles once every change from then on will be told. */
  listen(): Promise<void>
}

/** What goes beside a result, under `extensions`. */
export interface VersionExtensions {
  mark?: RowVersions | null
  /** No event: from here on every change is told. First in a stream of changes. */
  listening?: true
}
