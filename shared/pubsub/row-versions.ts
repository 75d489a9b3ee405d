// Row versions travel with each event of a stream from the subgraph to the gateway, so that a new reader can join a
// stream with other readers: nothing missed, nothing twice.

/**
 * Which part of a stream is requested: the snapshot (`now`), the changes from now on, or both in this order
 * (`whole`). Of a stream of facts also all that were stored after an id: where a lost stream goes on.
 */
export type StreamPhase = 'now' | 'changes' | 'whole' | { readonly after: string }

/** The phase in what another process sent; `whole` where that says none. */
export function streamPhaseOf(value: unknown): StreamPhase {
  if (value === 'now' || value === 'changes') return value
  const after = typeof value === 'object' && value !== null ? (value as { after?: unknown }).after : undefined
  return typeof after === 'string' && /^\d{1,18}$/.test(after) ? { after } : 'whole'
}

/** Sent with the first event of a stream that resumes from an id. */
export interface ResumeNote {
  /**
   * Everything after the id is still stored, of states the newest of each. Otherwise what was stored before `oldestId`
   * is gone.
   */
  readonly complete: boolean
  /** The oldest id that is stored; null without any. */
  readonly oldestId: string | null
}

/** The rows in one event. */
export interface RowVersions {
  /** Key and version of each row: a row is older than another of the same key with a greater version. */
  readonly rows: readonly (readonly [key: string, version: string])[]
  /** How many rows were dropped before it because the reader was too slow. */
  readonly lost: number
  /** Of a stream of facts: the id that its reader resumes from. */
  readonly position?: string
  /** Sent with the first event of a stream that resumes. */
  readonly resume?: ResumeNote
}

/** A stream with the row versions of its last value. */
export interface VersionedStream<V> extends AsyncIterableIterator<V> {
  readonly versions: RowVersions | null
  /** Starts, and settles once every later change will be received. */
  listen(): Promise<void>
  /** Of a stream of facts: the id of the last fact before its first event. */
  position?(): Promise<string>
}

/** Sent beside a result, under `extensions`. The key `mark` is on the wire. */
export interface VersionExtensions {
  mark?: RowVersions | null
  /** No event: every later change will be sent. First in a stream of changes. */
  listening?: true
  /** Beside `listening`, of a stream of facts: where it begins. */
  position?: string
}
