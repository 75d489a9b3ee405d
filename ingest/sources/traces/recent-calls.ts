// A report that is sent twice is one step: how the second is recognised where the call has no id.
import { createHash } from 'node:crypto'
import { isRecord } from '../../../shared/contract/json-value.ts'

/** How long after a report the same one is taken for a repetition, in milliseconds. */
const REPEATED_WITHIN_MS = 30_000
const MAX_KNOWN = 5_000

/** Gives names to calls without an id. */
export interface RecentCalls {
  /** @param source who sent it */
  nameOf(source: string, posted: { bytes: Buffer; value: unknown }): string
}

/**
 * The same name for the same bytes of one sender within half a minute, if they count their step. Without a number the
 * same call may really have been made twice.
 * @param now milliseconds of any clock that only goes forward
 */
export function recentCalls(newCall: () => string, now: () => number): RecentCalls {
  const known = new Map<string, { call: string; until: number }>()
  return {
    nameOf(source, { bytes, value }) {
      if (!isRecord(value) || value['step'] === undefined || value['step'] === null) return newCall()
      const key = createHash('sha1').update(`${source} `).update(bytes).digest('base64')
      const there = known.get(key)
      if (there && there.until > now()) return there.call
      const call = newCall()
      known.delete(key)
      if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value!)
      known.set(key, { call, until: now() + REPEATED_WITHIN_MS })
      return call
    },
  }
}
