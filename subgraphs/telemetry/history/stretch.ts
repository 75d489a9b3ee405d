import { fault } from '../../../shared/errors.ts'
import { BUCKET_S } from '../../../shared/contract/history-buckets.ts'
import type { HistoryBucket } from '../generated/resolvers.ts'
import { bucketEdges, type ZoneClock } from './clock.ts'

const MAX_POINTS = 2_000
const MAX_STRETCH_S = 400 * 86_400
/** Up to this long, history is counted from the frames themselves: a day of them would take too long to read. */
const MAX_BY_FRAMES_S = 12 * 3_600

/** A stretch of history cut into buckets. Seconds are of our clock since 1970. */
export interface Stretch {
  fromS: number
  toS: number
  /** The length of each bucket; null where a clock decides. */
  bucketS: number | null
  /** Where each bucket begins and the last one ends, if a clock decides; null for buckets of one length. */
  edgesS: number[] | null
  /** Counted from frames; else from spans of five minutes, starting at a whole one. */
  byFrames: boolean
}

/**
 * HIS1: the finest buckets that answer with no more points than asked for. Refuses stretches that are none, or too
 * long.
 */
export function cutStretch(from: string, to: string, points: number): Stretch & { bucketS: number } {
  const { fromS, seconds } = readStretch(from, to, points)
  const byFrames = seconds <= MAX_BY_FRAMES_S
  const unit = byFrames ? 1 : BUCKET_S
  const begin = Math.floor(fromS / unit) * unit
  const length = fromS + seconds - begin
  const bucketS = Math.max(unit, Math.ceil(length / points / unit) * unit)
  return { fromS: begin, toS: begin + Math.ceil(length / bucketS) * bucketS, bucketS, edgesS: null, byFrames }
}

/**
 * HIS5: buckets that begin where a clock begins them, from the one that holds `from`. Refuses more of them than
 * `points`.
 */
export function cutByClock(from: string, to: string, points: number, bucket: HistoryBucket, clock: ZoneClock): Stretch {
  const { fromS, seconds } = readStretch(from, to, points)
  if (fromS < 0) throw fault('BAD_USER_INPUT', 'Buckets by the clock begin in 1970.')
  const edgesS = bucketEdges(clock, bucket, fromS * 1000, (fromS + seconds) * 1000, points).map((ms) => ms / 1000)
  if (edgesS.length > points + 1)
    throw fault('BAD_USER_INPUT', `More than ${points} buckets: ask for more \`points\` or for a longer \`bucket\`.`)
  const [begin, end] = [edgesS[0]!, edgesS.at(-1)!]
  return { fromS: begin, toS: end, bucketS: null, edgesS, byFrames: end - begin <= MAX_BY_FRAMES_S }
}

function readStretch(from: string, to: string, points: number): { fromS: number; seconds: number } {
  if (!(points >= 1 && points <= MAX_POINTS)) throw fault('BAD_USER_INPUT', `\`points\` must be 1 to ${MAX_POINTS}.`)
  return readWindow(from, to)
}

/** A window of history, in seconds since 1970. Refuses one the wrong way round, or too long. */
export function readWindow(from: string, to: string): { fromS: number; seconds: number } {
  const fromS = Math.floor(Date.parse(from) / 1000)
  const seconds = Math.ceil(Date.parse(to) / 1000) - fromS
  if (seconds <= 0) throw fault('BAD_USER_INPUT', '`since` must be before `until`.')
  if (seconds > MAX_STRETCH_S) throw fault('BAD_USER_INPUT', 'A stretch of history is at most 400 days.')
  return { fromS, seconds }
}
