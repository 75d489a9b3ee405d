// Where a character is at a moment: standing, or on a straight leg at a steady speed. A leg of no duration is a portal.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'

/** The fastest run, in map units per second (12 m/s). */
export const TOP_SPEED = 0.05

/** A straight piece of somebody's way. */
export interface Leg {
  from: Place
  to: Place
  start: number
  end: number
}

/** Standing at a place from a moment on. */
export const standing = (place: Place, now: number): Leg => ({ from: place, to: place, start: now, end: now })

/** A leg from here to there at so many map units a second. */
export function legTo(from: Place, to: Place, now: number, speed: number): Leg {
  const seconds = Math.hypot(to.ew - from.ew, to.ns - from.ns) / Math.min(speed, TOP_SPEED)
  return { from, to, start: now, end: now + Math.ceil(seconds * 1000) }
}

/** Where the leg's walker is now. */
export function placeAt(leg: Leg, now: number): Place {
  if (now >= leg.end) return leg.to
  const share = (now - leg.start) / (leg.end - leg.start)
  return { ew: leg.from.ew + (leg.to.ew - leg.from.ew) * share, ns: leg.from.ns + (leg.to.ns - leg.from.ns) * share }
}

/** Which way the walker looks, in degrees from north. */
export function headingOf(leg: Leg): number {
  const degrees = (Math.atan2(leg.to.ew - leg.from.ew, leg.to.ns - leg.from.ns) * 180) / Math.PI
  return (degrees + 360) % 360
}
