import { towns } from '../../../shared/world/towns.ts'
import type { Theme } from '../stores/theme.ts'
import { type PresenceGrid, heightsOf } from './terrain.ts'
import { paintTerrain } from './terrain-paint.ts'

export interface TerrainOrder {
  grid: PresenceGrid
  theme: Theme
}
export interface TerrainPiece {
  bitmap: ImageBitmap
  heights: Float32Array
  size: number
}

const SCALE = 3

self.onmessage = async ({ data: { grid, theme } }: MessageEvent<TerrainOrder>) => {
  const heights = heightsOf(grid, towns)
  const side = grid.size * SCALE
  const bitmap = await createImageBitmap(new ImageData(paintTerrain(heights, grid.size, theme, SCALE), side, side))
  const piece: TerrainPiece = { bitmap, heights, size: grid.size }
  self.postMessage(piece, { transfer: [bitmap, heights.buffer] })
}
