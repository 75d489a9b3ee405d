import { type Ctx2D, type View, toX, toY } from '../view.ts'

/** A square grid over the world: half its side in map units, and its cells along one side, row 0 in the north. */
export interface CellGrid {
  edge: number
  size: number
}

/** A picture of a grid, one pixel a cell. `paint` sets red, green, blue and alpha of each cell, 0 to 255. */
export function cellBitmap({ size }: CellGrid, paint: (pixels: Uint8ClampedArray) => void): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size, size)
  const ctx = canvas.getContext('2d')!
  const image = ctx.createImageData(size, size)
  paint(image.data)
  ctx.putImageData(image, 0, 0)
  return canvas
}

export function drawCells(ctx: Ctx2D, view: View, { edge }: CellGrid, bitmap: OffscreenCanvas) {
  ctx.imageSmoothingEnabled = true
  ctx.drawImage(bitmap, toX(view, -edge), toY(view, edge), 2 * edge * view.k, 2 * edge * view.k)
}
