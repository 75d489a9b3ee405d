import type { Ctx2D } from './view.ts'

/** Half a picture's size, in pixels of the page. */
const REACH = 12
const MAX_SPRITES = 2000

/** Small pictures that many dots share: each is drawn once and copied from then on. */
export class DotSprites {
  private readonly sprites = new Map<string, ImageBitmap>()

  /** Draws the picture of this key about a point; `paint` makes it, about the origin. */
  draw(ctx: Ctx2D, key: string, x: number, y: number, dpr: number, paint: (pen: Ctx2D) => void) {
    const name = `${dpr} ${key}`
    let sprite = this.sprites.get(name)
    if (!sprite) {
      if (this.sprites.size > MAX_SPRITES) this.sprites.clear()
      const canvas = new OffscreenCanvas(REACH * 2 * dpr, REACH * 2 * dpr)
      const pen = canvas.getContext('2d')!
      pen.scale(dpr, dpr)
      pen.translate(REACH, REACH)
      paint(pen)
      // A canvas would be copied each time it is drawn.
      sprite = canvas.transferToImageBitmap()
      this.sprites.set(name, sprite)
    }
    // Whole device pixels keep the edges sharp.
    const snap = (value: number) => Math.round(value * dpr) / dpr
    ctx.drawImage(sprite, snap(x - REACH), snap(y - REACH), REACH * 2, REACH * 2)
  }
}
