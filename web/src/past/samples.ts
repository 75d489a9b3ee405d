// What characters did, as typed arrays, and what is known of a moment between two samples.
import { activities, activityOf } from '../world/activity.ts'
import { isPortal } from '../world/trail.ts'
import { STALE_MS } from '../world/world-store.ts'
import type { ReplayPieceQuery } from './replay-piece.query.gen.ts'

type Replayed = ReplayPieceQuery['replay'][number]

/** Telemetry of one character, oldest first. Moments in milliseconds since 1970. */
export interface Places {
  at: Float64Array
  ew: Float32Array
  ns: Float32Array
  /** Index in `states`, -1 where it is not known; and what the word means, as an index of `activities`. */
  state: Int16Array
  activity: Uint8Array
  states: readonly string[]
  kills: Int32Array
  killsPerHour: Float32Array
  deaths: Int32Array
}

/** Vitals of one character, oldest first; -1 where a figure is not known. */
export interface Fares {
  at: Float64Array
  health: Float32Array
  stamina: Float32Array
  mana: Float32Array
  vitae: Float32Array
}

export interface Samples {
  places: Places
  fares: Fares
}

const floats = (list: readonly (number | null)[], unknown: number) => Float32Array.from(list, (one) => one ?? unknown)
const whole = (list: readonly (number | null)[]) => Int32Array.from(list, (one) => one ?? 0)

/** The samples of an answer of the graph. */
export function samplesOf({ since, telemetry, vitals }: Replayed): Samples {
  const begin = Date.parse(since)
  const moments = (seconds: readonly number[]) => Float64Array.from(seconds, (after) => begin + after * 1000)
  const meanings = telemetry.states.map((word) => activities.indexOf(activityOf(word)))
  const idle = activities.indexOf('idle')
  return {
    places: {
      at: moments(telemetry.seconds),
      ew: Float32Array.from(telemetry.ew),
      ns: Float32Array.from(telemetry.ns),
      state: Int16Array.from(telemetry.state, (one) => one ?? -1),
      activity: Uint8Array.from(telemetry.state, (one) => (one === null ? idle : meanings[one]!)),
      states: telemetry.states,
      kills: whole(telemetry.kills),
      killsPerHour: floats(telemetry.killsPerHour, 0),
      deaths: whole(telemetry.deaths),
    },
    fares: {
      at: moments(vitals.seconds),
      health: floats(vitals.health, -1),
      stamina: floats(vitals.stamina, -1),
      mana: floats(vitals.mana, -1),
      vitae: floats(vitals.vitae, 0),
    },
  }
}

export const countOf = ({ places, fares }: Samples): number => places.at.length + fares.at.length

/** Index of the last moment that is not after `moment`; -1 if all are. */
export function lastBefore(at: Float64Array, moment: number): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle]! <= moment) low = middle + 1
    else high = middle
  }
  return low - 1
}

export interface PlacedAt {
  /** Index of the sample that counters are read from. */
  n: number
  ew: number
  ns: number
  /** Direction of the way on, in radians; null where it stood. */
  heading: number | null
  /** When the character was heard last, as far as is known at the moment. */
  heardAt: number
}

/**
 * Where a character was at a moment. Between two samples that are near in time it walked; over a portal, and where
 * frames are missing, it stays at the sample before. Null before the first sample.
 * @param everyMs time between two samples while frames come
 */
export function placeAt({ at, ew, ns }: Places, moment: number, everyMs: number): PlacedAt | null {
  const n = lastBefore(at, moment)
  if (n < 0) return null
  const stay: PlacedAt = { n, ew: ew[n]!, ns: ns[n]!, heading: null, heardAt: at[n]! }
  if (n + 1 >= at.length) return stay
  const gap = at[n + 1]! - at[n]!
  if (gap > Math.max(STALE_MS, 2 * everyMs) + everyMs / 2) return stay
  // Between samples that are close together frames came all the time; between others nobody can tell.
  const heardAt = gap <= 2 * STALE_MS ? moment : at[n]!
  if (isPortal(ew[n]!, ns[n]!, ew[n + 1]!, ns[n + 1]!)) return { ...stay, heardAt }
  const share = (moment - at[n]!) / gap
  const [dx, dy] = [ew[n + 1]! - ew[n]!, ns[n + 1]! - ns[n]!]
  const heading = dx * dx + dy * dy > 1e-5 ? Math.atan2(dy, dx) : null
  return { n, ew: ew[n]! + dx * share, ns: ns[n]! + dy * share, heading, heardAt }
}

/** When vitae rose last within `withinMs` before a sample; 0 if it did not. */
export function roseAt({ at, vitae }: Fares, n: number, withinMs: number): number {
  for (let i = n; i > 0 && at[n]! - at[i]! <= withinMs; i--) if (vitae[i]! > vitae[i - 1]!) return at[i]!
  return 0
}
