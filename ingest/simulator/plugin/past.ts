// A world with a whole past: everything that happened is sent, at a slower pace. Played again with the same seed,
// number of characters and beginning, it is the same past: one process stores it, another goes on from its end.
import { openShard, type Shard, type ShardOptions } from './shard.ts'

/** No more of a past is played. In an older world nothing has happened since. */
const MAX_PAST_MS = 7 * 86_400_000
const HOUR_MS = 3_600_000

/** What makes a world with a past. */
export interface PastOptions {
  seed: number
  characters: number
  /** When it begins, in milliseconds since 1970. */
  start: number
}

/** A shard at the beginning of its past, which never ends: `playUntil` hands over what is sent until then. */
export const openPast = (options: PastOptions): Shard =>
  openShard({ ...options, fineFrom: Infinity, fullPast: true, telemetryEveryMs: 0 })

/**
 * A shard at the end of its past, about to go live at `fineFrom`. What was sent until then is dropped.
 * @param options `continues` when that was stored
 */
export function afterPast(options: ShardOptions): Shard {
  const { start, fineFrom } = options
  const end = Math.min(fineFrom, start + MAX_PAST_MS)
  const shard = openShard({ ...options, fineFrom: end, fullPast: true })
  for (let moment = start; moment < end - 1;) shard.playUntil((moment = Math.min(moment + HOUR_MS, end - 1)))
  shard.realm.timeline.skip(fineFrom - end)
  return shard
}
