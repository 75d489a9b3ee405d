import { HEAT_EDGE, HEAT_SIZE } from '../../../shared/world/dereth/heat-cells.ts'
import type { Circle } from '../../../shared/access/conditions.ts'
import type { Box } from '../telemetry/box.ts'

/** More cells than this no map of a screen shows apart; answering each of a busy week takes half a second. */
export const MAX_CELLS = 10_000
/** Cells with more sightings than this are the hottest together. */
const HOTTEST = 65_535

export interface Heat {
  cells: number[]
  spawns: number[]
  /** Cells with sightings, answered or not. */
  cellCount: number
  /** Sightings in all of them. */
  total: number
}

/** A heatmap of finest cells: `step` of them along one cell, within a part of the map, at most the hottest. */
export function heatOf(counts: Int32Array, step: number, within: Box | null, near: Circle | null = null): Heat {
  const size = HEAT_SIZE / step
  const fine = HEAT_SIZE / (2 * HEAT_EDGE)
  const cellAt = (units: number) => Math.min(size - 1, Math.max(0, Math.floor((units * fine) / step)))
  const west = within ? cellAt(within.west + HEAT_EDGE) : 0
  const east = within ? cellAt(within.east + HEAT_EDGE) : size - 1
  const north = within ? cellAt(HEAT_EDGE - within.north) : 0
  const south = within ? cellAt(HEAT_EDGE - within.south) : size - 1
  const coarse = new Int32Array(size * size)
  for (let row = north * step; row < (south + 1) * step; row++) {
    const to = Math.floor(row / step) * size
    for (let column = west * step; column < (east + 1) * step; column++) {
      const spawns = counts[row * HEAT_SIZE + column]!
      if (spawns) coarse[to + Math.floor(column / step)]! += spawns
    }
  }
  if (near) keepNear(coarse, step / fine, near)
  return hottest(coarse)
}

/** Leaves out cells with a center beyond the circle. `side` is that of a cell, in map units. */
function keepNear(counts: Int32Array, side: number, { ew, ns, distance }: Circle): void {
  const size = Math.sqrt(counts.length)
  for (let cell = 0; cell < counts.length; cell++) {
    if (!counts[cell]) continue
    const east = ((cell % size) + 0.5) * side - HEAT_EDGE
    const north = HEAT_EDGE - (Math.floor(cell / size) + 0.5) * side
    if (Math.hypot(east - ew, north - ns) > distance) counts[cell] = 0
  }
}

/** Cells with sightings in order of their index; when there are too many, those with most. */
function hottest(counts: Int32Array): Heat {
  const cellsOf = new Int32Array(HOTTEST + 1)
  let cellCount = 0
  let total = 0
  for (const spawns of counts)
    if (spawns) {
      cellCount++
      total += spawns
      cellsOf[Math.min(spawns, HOTTEST)]!++
    }
  // Above the threshold all are answered, at it as many as there is room for.
  let threshold = 0
  let room = MAX_CELLS
  if (cellCount > MAX_CELLS)
    for (threshold = HOTTEST; cellsOf[threshold]! <= room; threshold--) room -= cellsOf[threshold]!
  const cells: number[] = []
  const spawns: number[] = []
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!
    const rank = Math.min(count, HOTTEST)
    if (rank < threshold || count === 0 || (threshold > 0 && rank === threshold && room-- <= 0)) continue
    cells.push(cell)
    spawns.push(count)
  }
  return { cells, spawns, cellCount, total }
}
