import type { Place } from './coordinates.ts'

// Spawns are counted in cells of a tenth of a map unit (24 m); coarser cells are made of whole ones of these.

/** Half the side of the square the cells cover, in map units. */
export const HEAT_EDGE = 102
/** Cells to a map unit. */
const FINE = 10
/** Finest cells along one side. */
export const HEAT_SIZE = 2 * HEAT_EDGE * FINE

/** Sides a cell may have, in map units, with how many of the finest cells lie along one. */
export const heatSteps: ReadonlyMap<number, number> = new Map([
  [0.1, 1],
  [0.5, 5],
  [2, 20],
])

/** The finest cell of a place, row 0 in the north; null off the map. */
export function heatCell({ ew, ns }: Place): number | null {
  const column = Math.floor((ew + HEAT_EDGE) * FINE)
  const row = Math.floor((HEAT_EDGE - ns) * FINE)
  if (!(column >= 0 && row >= 0 && column < HEAT_SIZE && row < HEAT_SIZE)) return null
  return row * HEAT_SIZE + column
}

const HOUR_MS = 3_600_000
/** Hours of our clock since 1970: the bucket of a moment. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS)
