import type { Behind } from '../../clocks/behind.ts'
import { isPutBack } from '../../clocks/put-back.ts'

// What a session adds up to, frame by frame. The counters of a plugin begin at nothing with each login and only grow;
// one that shrinks was reset. Frames may come twice, late, or from two alternating sessions.

/** What was counted of one session, and the counters seen last. Moments are ISO text in UTC with milliseconds. */
export interface Tally {
  /** By our clock: of the first frame, and of the newest that counted. */
  startedAt: string
  lastAt: string
  /** By the client's clock: of the first frame, and of the newest. */
  firstReportedAt: string
  reportedAt: string
  kills: number
  deaths: number
  tapersUsed: number
  /** Null while no frame had the length of the session. */
  onlineSeconds: number | null
  seenKills: number | null
  seenDeaths: number | null
  seenTapers: number | null
  seenOnlineSeconds: number | null
  /** Frames that came as if by a clock put back, since the last that did not. Not kept. */
  behind?: Behind | null
}

/** The part of a telemetry frame that is counted. `at` is the client's moment. */
export interface Counters {
  clientAt: string
  receivedAt: string
  kills: number | null
  deaths: number | null
  tapers: number | null
  onlineSeconds: number | null
}

/** A clock corrected by a little is no new login. */
const CLOCK_JITTER_S = 60

export const newTally = ({ clientAt: at, receivedAt }: Counters): Tally => ({
  startedAt: receivedAt,
  lastAt: receivedAt,
  firstReportedAt: at,
  reportedAt: at,
  kills: 0,
  deaths: 0,
  tapersUsed: 0,
  onlineSeconds: null,
  seenKills: null,
  seenDeaths: null,
  seenTapers: null,
  seenOnlineSeconds: null,
})

const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from)

/** Time in the game: as reported, else between the first and the newest frame by the client's clock. */
export const onlineSecondsOf = ({ onlineSeconds, firstReportedAt, reportedAt }: Tally): number =>
  onlineSeconds ?? Math.floor(msBetween(firstReportedAt, reportedAt) / 1000)

/** Counts a frame of the session. False for one older than the newest: it adds nothing that is not already counted. */
export function count(tally: Tally, frame: Counters): boolean {
  if (frame.clientAt < tally.reportedAt) {
    if (
      !isPutBack(tally, tally.reportedAt, { at: frame.clientAt, receivedAt: frame.receivedAt }) ||
      !hasGrown(tally, frame)
    )
      return false // TLY3
    followClock(tally, frame)
  }
  tally.behind = null
  // The order of two frames with one timestamp is unknown: then nothing is taken for a reset.
  const isNewer = frame.clientAt !== tally.reportedAt
  tally.reportedAt = frame.clientAt
  tally.lastAt = frame.receivedAt

  const { kills, deaths, tapers, onlineSeconds } = frame
  if (kills !== null && kills >= 0 && (isNewer || kills >= (tally.seenKills ?? 0))) {
    tally.kills += grownBy(tally.seenKills, kills)
    tally.seenKills = kills
  }
  if (deaths !== null && deaths >= 0 && (isNewer || deaths >= (tally.seenDeaths ?? 0))) {
    tally.deaths += grownBy(tally.seenDeaths, deaths)
    tally.seenDeaths = deaths
  }
  if (tapers !== null && tapers >= 0 && (isNewer || tapers <= (tally.seenTapers ?? tapers))) {
    tally.tapersUsed += Math.max(0, (tally.seenTapers ?? tapers) - tapers)
    tally.seenTapers = tapers
  }
  if (onlineSeconds !== null && onlineSeconds >= 0) countOnline(tally, onlineSeconds, isNewer)
  return true
}

/** Counters went on from where they were: no frame from before the newest looks so. */
function hasGrown(
  { seenKills, seenDeaths, seenOnlineSeconds }: Tally,
  { kills, deaths, onlineSeconds }: Counters,
): boolean {
  const grown = [grew(seenKills, kills), grew(seenDeaths, deaths), grew(seenOnlineSeconds, onlineSeconds)]
  return grown.some((by) => by > 0) && grown.every((by) => by >= 0)
}
const grew = (before: number | null, now: number | null): number => (now === null ? 0 : now - (before ?? 0))

/**
 * Keeps the time played so far, and adds what passed since by our own clock, when the client's was put back. The
 * client's clock is then known to have been wrong: of the time it reported, no more counts than passed by ours.
 */
function followClock(tally: Tally, { clientAt: at, receivedAt }: Counters): void {
  const passed = Math.max(0, msBetween(tally.startedAt, tally.lastAt))
  const playedMs = Math.min(msBetween(tally.firstReportedAt, tally.reportedAt), passed)
  const sinceMs = Math.max(0, msBetween(tally.lastAt, receivedAt))
  tally.firstReportedAt = new Date(Date.parse(at) - playedMs - sinceMs).toISOString()
}

/** TLY2: what a counter adds. One that shrank was reset, and its whole value was counted since. */
const grownBy = (before: number | null, now: number): number => (before === null || now < before ? now : now - before)

function countOnline(tally: Tally, seconds: number, isNewer: boolean): void {
  const before = tally.seenOnlineSeconds
  if (before !== null && seconds < before && (!isNewer || before - seconds <= CLOCK_JITTER_S)) return
  tally.onlineSeconds = (tally.onlineSeconds ?? 0) + grownBy(before, seconds)
  tally.seenOnlineSeconds = seconds
}
