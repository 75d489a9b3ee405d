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
  /** The same at half its size: shrunk by less than half, a picture needs no better smoothing than the quickest. */
  small: ImageBitmap
  plain: ImageBitmap
  heights: Float32Array
  size: number
}

const SCALE = 3

self.onmessage = async ({ data: { grid, theme } }: MessageEvent<TerrainOrder>) => {
  const heights = heightsOf(grid, towns)
  const side = grid.size * SCALE
  const picture = (lined: boolean) => new ImageData(paintTerrain(heights, grid.size, theme, SCALE, lined), side, side)
  const withLines = picture(true)
  const half = { resizeWidth: side / 2, resizeHeight: side / 2, resizeQuality: 'high' } as const
  const [lined, small, plain] = await Promise.all([
    createImageBitmap(withLines),
    createImageBitmap(withLines, half),
    createImageBitmap(picture(false)),
  ])
  const piece: TerrainPiece = { lined, small, plain, heights, size: grid.size }
  self.postMessage(piece, { transfer: [lined, small, plain, heights.buffer] })
}
