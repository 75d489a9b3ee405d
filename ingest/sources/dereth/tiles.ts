// Dereth's places as columns of a world: a column is a tile of 10 m, x to the east, z to the south.
import type { DungeonLevel } from '../../../shared/contract/dungeon.ts'
import type { SurfaceCell } from '../../../shared/contract/world-view.ts'
import { EDGE, LANDBLOCK, UNIT_M } from '../../../shared/world/dereth/coordinates.ts'

const TILE_M = 10
const FLOOR = 'stone_bricks'
const tenths = (value: number): number => Math.round(value * 10) / 10

/** A place in map units, its height in metres, as one in columns. */
export const columnOf = ({ ew, ns, z }: { ew: number; ns: number; z: number | null }) => ({
  x: tenths((ew * UNIT_M) / TILE_M),
  y: tenths(z ?? 0),
  z: tenths((-ns * UNIT_M) / TILE_M) + 0, // no negative zero
})

export const placeOf = ({ x, y, z }: { x: number; y: number; z: number }) => ({ x, y, z })

/** The floor of a dungeon; of levels above each other the highest. */
export function floorCells(landblock: string, levels: readonly DungeonLevel[]): SurfaceCell[] {
  const west = Number.parseInt(landblock.slice(0, 2), 16) * LANDBLOCK - EDGE
  const south = Number.parseInt(landblock.slice(2), 16) * LANDBLOCK - EDGE
  const cells = new Map<string, SurfaceCell>()
  for (const { z: height, cells: tiles } of [...levels].sort((a, b) => a.z - b.z))
    for (const tile of tiles) {
      const { x, z } = columnOf({ ew: west + tile.x / UNIT_M, ns: south + tile.y / UNIT_M, z: height })
      const cell = { x: Math.floor(x), z: Math.floor(z), y: Math.round(height), block: FLOOR }
      cells.set(`${cell.x},${cell.z}`, cell)
    }
  return [...cells.values()]
}
