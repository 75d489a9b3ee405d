// Squares of a world as they are sent: runs of equal columns, by absolute coordinates.
import { fault } from '../../../shared/errors.ts'
import { runsOf } from '../../../shared/world/world-runs.ts'
import type { WorldEvent } from '../../../shared/contract/world-view.ts'

export const MAX_RADIUS = 48

export interface Square {
  x: number
  z: number
  radius: number
}

/** A whole view, or a change of one; see `WorldView` in the schema. */
export interface View extends Omit<WorldEvent, 'cells'> {
  base: number | null
  palette: string[]
  runs: number[]
}

/** Refuses squares that are too large. */
export function checkRadius(radius: number): void {
  if (!Number.isInteger(radius) || radius < 1 || radius > MAX_RADIUS)
    throw fault('BAD_USER_INPUT', `\`radius\` must be 1 to ${MAX_RADIUS}.`)
}

/** Whether a place is in the square. */
export const isWithin = ({ x, z, radius }: Square, place: { x: number; z: number }): boolean =>
  Math.abs(place.x - x) <= radius && Math.abs(place.z - z) <= radius

/** What is sent of a world's change; `base` is null where it is all there is. */
export function viewOf({ cells, ...event }: WorldEvent, base: number | null): View {
  return { ...event, ...runsOf(cells), base }
}

/** No view has this `seq`: its reader asks for the whole one. */
const NO_BASE = -1

/** What is sent of a change to a reader of one square. */
export const changeIn = (square: Square, event: WorldEvent): View =>
  viewOf(
    { ...event, cells: event.cells.filter((cell) => isWithin(square, cell)) },
    event.isComplete ? event.seq - 1 : NO_BASE,
  )
