import type { ExecutionResult } from 'graphql'
import type { RowVersions } from '../../../shared/pubsub/row-versions.ts'

/** One event of a stream, ready to be sent to any reader. */
export interface Entry {
  /** Its place in the stream: counts up by one an event. */
  readonly seq: number
  readonly result: ExecutionResult
  readonly versions: RowVersions | null
  /** The result as JSON, with its place under `extensions`. */
  readonly json: string
}

/** Sent with an event beside its data. */
export interface Place {
  /** Which stream its number counts in; a cursor is good for this stream alone. */
  stream: string
  seq: number
  /** Part of the snapshot, not a change. */
  now?: true
  /** How many events were passed over for this reader just before, since it read too slowly. */
  skipped?: number
}

/** A result with its place, as JSON. */
export const withPlace = (result: ExecutionResult, place: Place): string =>
  JSON.stringify({ ...result, extensions: { ...result.extensions, ...place } })

/**
 * The part of an event that is newer than `known` (versions by key): the event itself, null, or the newer rows of a
 * list.
 */
export function newerPart({ result, versions }: Entry, known: ReadonlyMap<string, string>): ExecutionResult | null {
  if (!versions?.rows.length || known.size === 0) return result
  const isNews = versions.rows.map(([key, version]) => {
    const before = known.get(key)
    return before === undefined || version > before
  })
  if (isNews.every(Boolean)) return result
  if (!isNews.some(Boolean)) return null
  const [field, list] = Object.entries(result.data ?? {})[0] ?? []
  if (field === undefined || !Array.isArray(list)) return result
  return { ...result, data: { [field]: list.filter((_, i) => isNews[i]) } }
}
