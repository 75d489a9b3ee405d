// What the host of a subgraph tells the gateway about each event of a stream, so that the gateway can let a newcomer into a
// stream that others already read: nothing missed, nothing twice.

/** Which part of a stream is wanted: what is now, the changes from now on, or (`whole`) the one and then the other. */
export type Part = 'now' | 'changes' | 'whole'

export const partOf = (value: unknown): Part => (value === 'now' || value === 'changes' ? value : 'whole')

/** What one event is about. */
export interface Mark {
  /** Key and version of each row in it: a row is older news than another of the same key with a greater version. */
  readonly rows: readonly (readonly [key: string, version: string])[]
  /** How many rows were dropped before it because nobody read in time. */
  readonly lost: number
}

/** A stream that knows what the value it gave last is about. */
export interface Marked<V> extends AsyncIterableIterator<V> {
  readonly mark: Mark | null
  /** Begins, and settles once every change from then on will be told. */
  listen(): Promise<void>
}

/** What goes beside a result, under `extensions`. */
export interface Marking {
  mark?: Mark | null
  /** No event: from here on every change is told. First in a stream of changes. */
  listening?: true
}
