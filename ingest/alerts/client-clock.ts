// Which frames came late, by the client's own timestamps. Those only order frames; durations are measured by our clock.

import { staysBehind, type Behind } from '../clocks/behind.ts'

/** A frame so much older than the newest came late; what is less may be the order in which a client writes. */
const LATE_MS = 5_000
/** So many frames in a row that are behind for this long are not late: the client's clock was put back. */
const BACK = { ms: 10_000, frames: 3 }
/** The same where frames of the other kind go on by the newer clock: each kind has a clock of its own. */
const APART = { ms: 60_000, frames: 10 }

type Kind = 'telemetry' | 'vitals'

/** What is known of the clock of one character's client. */
export interface ClientClock {
  telemetry: KindClock
  vitals: KindClock
  /** Each kind of frame is compared with its own alone. */
  apart: boolean
}

interface KindClock {
  /** The newest timestamp; empty while there is none. */
  newest: string
  /** `disputed`: frames of the other kind are not behind. */
  behind: (Behind & { disputed: boolean }) | null
}

interface Moments {
  clientAt: string
  receivedAt: string
}

/** The clock as the newest frame of each kind had it. Where it read two different times at once, there are two. */
export function clockOf(telemetry: Moments | null, vitals: Moments | null): ClientClock {
  const ahead = (row: Moments) => Date.parse(row.clientAt) - Date.parse(row.receivedAt)
  const kindClock = (row: Moments | null): KindClock => ({ newest: row?.clientAt ?? '', behind: null })
  return {
    telemetry: kindClock(telemetry),
    vitals: kindClock(vitals),
    apart: telemetry !== null && vitals !== null && Math.abs(ahead(telemetry) - ahead(vitals)) > LATE_MS,
  }
}

/** Whether a frame came late. Updates what is known of the clock. */
export function isLate(clock: ClientClock, kind: Kind, row: Moments): boolean {
  const own = clock[kind]
  const other = kind === 'telemetry' ? clock.vitals : clock.telemetry
  const at = row.clientAt
  // A frame without a timestamp gets ours, so it is never late.
  if (at !== row.receivedAt && (isClearlyBefore(at, own.newest) || (!clock.apart && isClearlyBefore(at, other.newest))))
    return !isBelieved(clock, own, other, row)
  if (at > own.newest) own.newest = at
  if (own.behind) own.behind = null
  if (other.behind) other.behind.disputed = true
  if (clock.apart && other.newest && !isClearlyBefore(at, other.newest) && !isClearlyBefore(other.newest, at))
    clock.apart = false
  return false
}

const isClearlyBefore = (at: string, newest: string) => at < newest && Date.parse(newest) - Date.parse(at) > LATE_MS

/** Whether frames were behind for long enough to take their clock as the true one. */
function isBelieved(
  clock: ClientClock,
  own: KindClock,
  other: KindClock,
  { clientAt: at, receivedAt }: Moments,
): boolean {
  const nowMs = Date.parse(receivedAt)
  const behind = (own.behind ??= { sinceMs: nowMs, frames: 0, disputed: false })
  if (!staysBehind(behind, nowMs, behind.disputed ? APART : BACK)) return false
  own.newest = at
  own.behind = null
  if (behind.disputed) clock.apart = true
  else if (other.newest > at) Object.assign(other, { newest: at, behind: null })
  return true
}
