import type { Place } from './coordinates.ts'

// Spawns are counted in cells of half a map unit (120 m); coarser cells are made of whole ones of these. Finer ones
// were measured: a busy week of sixty hunters then has more cells than sightings are worth, and answers in a second.

/** Half the side of the square the cells cover, in map units. */
export const HEAT_EDGE = 102
/** Cells to a map unit. */
const FINE = 2
/** Finest cells along one side. */
export const HEAT_SIZE = 2 * HEAT_EDGE * FINE

/** The land ends a little past that: what lies there belongs to the cells at the edge. */
const OUTERMOST = 102.1
const within = (cell: number) => Math.min(Math.max(cell, 0), HEAT_SIZE - 1)

/** Sides a cell may have, in map units, with how many of the finest cells lie along one. */
export const heatSteps: ReadonlyMap<number, number> = new Map([
  [0.5, 1],
  [1, 2],
  [2, 4],
])

/** The finest cell of a place, row 0 in the north; null off the map. */
export function heatCell({ ew, ns }: Place): number | null {
  if (!(Math.abs(ew) <= OUTERMOST && Math.abs(ns) <= OUTERMOST)) return null
  const column = within(Math.floor((ew + HEAT_EDGE) * FINE))
  const row = within(Math.floor((HEAT_EDGE - ns) * FINE))
  return row * HEAT_SIZE + column
}

const HOUR_MS = 3_600_000
const HOURS_OF_DAY = 24
/** Longer windows are counted in whole days. */
const MAX_HOURS_BY_HOUR = 24
/** Hours of our clock since 1970: the bucket of a moment. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS)

/** The day of an hour. */
export const dayOf = (hour: number): number => Math.floor(hour / HOURS_OF_DAY)

/**
 * The hour a window begins with: the running one and so many before it, of more than one day the whole of the first
 * day.
 */
export function windowStart(now: number, hours: number): { hour: number; byDay: boolean } {
  const byDay = hours > MAX_HOURS_BY_HOUR
  return { hour: byDay ? dayOf(now - hours) * HOURS_OF_DAY : now - hours, byDay }
}
