import { fault } from '../../../shared/errors.ts'
import { BUCKET_S } from '../../../shared/contract/history-buckets.ts'

const MAX_POINTS = 2_000
const MAX_STRETCH_S = 400 * 86_400
/** Up to this long, history is counted from the frames themselves: a day of them would take too long to read. */
const MAX_BY_FRAMES_S = 12 * 3_600

/** A stretch of history cut into buckets of one length. Seconds are of our clock since 1970. */
export interface Stretch {
  fromS: number
  toS: number
  bucketS: number
  /** Counted from frames; else from spans of five minutes, starting at a whole one. */
  byFrames: boolean
}

/**
 * HIS1: the finest buckets that answer with no more points than asked for. Refuses stretches that are none, or too
 * long.
 */
export function cutStretch(from: string, to: string, points: number): Stretch {
  if (!(points >= 1 && points <= MAX_POINTS)) throw fault('BAD_USER_INPUT', `\`points\` must be 1 to ${MAX_POINTS}.`)
  const fromS = Math.floor(Date.parse(from) / 1000)
  const seconds = Math.ceil(Date.parse(to) / 1000) - fromS
  if (seconds <= 0) throw fault('BAD_USER_INPUT', '`from` must be before `to`.')
  if (seconds > MAX_STRETCH_S) throw fault('BAD_USER_INPUT', 'A stretch of history is at most 400 days.')
  const byFrames = seconds <= MAX_BY_FRAMES_S
  const unit = byFrames ? 1 : BUCKET_S
  const begin = Math.floor(fromS / unit) * unit
  const length = fromS + seconds - begin
  const bucketS = Math.max(unit, Math.ceil(length / points / unit) * unit)
  return { fromS: begin, toS: begin + Math.ceil(length / bucketS) * bucketS, bucketS, byFrames }
}
