import { towns } from '../../../shared/world/dereth/towns.ts'
import type { Theme } from '../ui/theme.ts'
import { type PresenceGrid, heightsOf } from './terrain.ts'
import { paintTerrain } from './terrain-paint.ts'

export interface TerrainOrder {
  grid: PresenceGrid
  theme: Theme
}
export interface TerrainPiece {
  /** With its lines drawn in, for the view from afar. */
  lined: ImageBitmap
  plain: ImageBitmap
  heights: Float32Array
  size: number
}

const SCALE = 3

self.onmessage = async ({ data: { grid, theme } }: MessageEvent<TerrainOrder>) => {
  const heights = heightsOf(grid, towns)
  const side = grid.size * SCALE
  const paint = (lined: boolean) =>
    createImageBitmap(new ImageData(paintTerrain(heights, grid.size, theme, SCALE, lined), side, side))
  const [lined, plain] = [await paint(true), await paint(false)]
  const piece: TerrainPiece = { lined, plain, heights, size: grid.size }
  self.postMessage(piece, { transfer: [lined, plain, heights.buffer] })
}
