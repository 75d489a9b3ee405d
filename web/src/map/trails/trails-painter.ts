import type { Frame } from '../view.ts'
import { paintTrails, type TrailsOrder } from './paint-trails.ts'

/** Trails as they look in a frame. */
export interface TrailsPicture {
  bitmap: ImageBitmap
  frame: Frame
  /** How long it took to paint. */
  costMs: number
}

/** Paints one picture after another. */
export class TrailsPainter {
  private readonly pen = new OffscreenCanvas(1, 1)
  private readonly ctx = this.pen.getContext('2d')!

  paint(order: TrailsOrder): TrailsPicture {
    const { frame } = order
    const begun = performance.now()
    const [width, height] = [Math.max(1, Math.round(frame.w * frame.dpr)), Math.max(1, Math.round(frame.h * frame.dpr))]
    if (this.pen.width !== width) this.pen.width = width
    if (this.pen.height !== height) this.pen.height = height
    paintTrails(this.ctx, order)
    // This waits until all is painted, which is what the time goes into.
    const bitmap = this.pen.transferToImageBitmap()
    return { bitmap, frame, costMs: performance.now() - begun }
  }
}
