import { MapPresenceDocument } from '../map-presence.query.gen.ts'
import { type CellGrid, cellBitmap, drawCells } from './cell-bitmap.ts'
import type { LayerWorld, OptionalLayer } from './layer-types.ts'
import { useAsked } from './useAsked.ts'

/** How far somebody sees, in cells of the presence grid (96 m each). */
const SIGHT = 3
const FOG_ALPHA = 150

/** Covers what is farther than three cells from every place where the guild has been. It counts the cells it left. */
export function start(given: LayerWorld): OptionalLayer {
  let grid: CellGrid = { edge: 1, size: 1 }
  let bitmap: OffscreenCanvas | null = null
  useAsked(
    MapPresenceDocument,
    () => ({}),
    given,
    ({ presence }) => {
      if (!presence) return null
      grid = presence
      bitmap = cellBitmap(presence, (pixels) => paintFog(pixels, presence.cells, presence.size))
      return presence.cells.length
    },
  )
  return { layer: { id: 'fog', draw: (ctx, view) => bitmap && drawCells(ctx, view, grid, bitmap) } }
}

function paintFog(pixels: Uint8ClampedArray, cells: readonly number[], size: number) {
  for (let i = 0; i < size * size; i++) pixels.set([8, 12, 18, FOG_ALPHA], i * 4)
  for (const cell of cells) {
    const [row, column] = [Math.floor(cell / size), cell % size]
    for (let y = Math.max(0, row - SIGHT); y <= Math.min(size - 1, row + SIGHT); y++)
      for (let x = Math.max(0, column - SIGHT); x <= Math.min(size - 1, column + SIGHT); x++) {
        const share = Math.hypot(x - column, y - row) / SIGHT
        const at = (y * size + x) * 4 + 3
        pixels[at] = Math.min(pixels[at]!, FOG_ALPHA * Math.max(0, share - 0.4))
      }
  }
}
