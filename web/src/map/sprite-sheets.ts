import type { Ctx2D } from './view.ts'

/** A small picture that is copied wherever it is needed. */
export interface Sprite {
  /** Null until it is painted. */
  sheet: ImageBitmap | null
  /** Where it lies on its sheet and how large it is, in device pixels. */
  x: number
  y: number
  readonly width: number
  readonly height: number
  /** Paints it with its corner at the origin, in pixels of the page. */
  readonly paint: (pen: Ctx2D) => void
}

interface Wish {
  sprite: Sprite
  dpr: number
}

/** How wide and high a sheet is at most, in device pixels. */
const WIDE = 1024
const HIGH = 2048
/** So many are painted in a frame. */
const AT_ONCE = 64
/** Nothing of a neighbour shows at an edge. */
const APART = 1

/**
 * Small pictures that are painted once and copied from then on. What a frame lacks is painted on one sheet: making a
 * bitmap takes longer than painting what is on it.
 */
export class SpriteSheets {
  private readonly sprites = new Map<string, Sprite>()
  private wishes: Wish[] = []
  private readonly most: number

  /** @param most how many pictures are kept */
  constructor(most: number) {
    this.most = most
  }

  /** The picture of this key, `width` x `height` pixels of the page. One that is new is there after `paint`. */
  want(key: string, width: number, height: number, dpr: number, paint: Sprite['paint']): Sprite {
    const name = `${dpr} ${key}`
    const known = this.sprites.get(name)
    if (known) return known
    if (this.sprites.size >= this.most) {
      // What is still wanted is asked for again with the next frame.
      this.sprites.clear()
      this.wishes = []
    }
    const sprite = { sheet: null, x: 0, y: 0, width: Math.ceil(width * dpr), height: Math.ceil(height * dpr), paint }
    this.sprites.set(name, sprite)
    this.wishes.push({ sprite, dpr })
    return sprite
  }

  /** How many are still to be painted. */
  get waiting(): number {
    return this.wishes.length
  }

  /** Paints of what was asked for and is not there yet as much as a frame has time for. True if some is left. */
  paint(): boolean {
    if (this.wishes.length > 0) {
      const { placed, width, height } = placeOnSheet(this.wishes.slice(0, AT_ONCE).map(({ sprite }) => sprite))
      const canvas = new OffscreenCanvas(width, height)
      const pen = canvas.getContext('2d')!
      const painted = this.wishes.splice(0, placed)
      for (const { sprite, dpr } of painted) {
        pen.save()
        pen.setTransform(dpr, 0, 0, dpr, sprite.x, sprite.y)
        sprite.paint(pen)
        pen.restore()
      }
      // A canvas would be copied each time it is drawn.
      const sheet = canvas.transferToImageBitmap()
      for (const { sprite } of painted) sprite.sheet = sheet
    }
    return this.waiting > 0
  }
}

/** Places pictures in rows, as many as a sheet takes and at least one; says how large the sheet has to be. */
export function placeOnSheet(sprites: readonly Pick<Sprite, 'x' | 'y' | 'width' | 'height'>[]) {
  let [x, y, rowHeight, width, placed] = [0, 0, 0, 1, 0]
  for (const sprite of sprites) {
    const isNewRow = x > 0 && x + sprite.width > WIDE
    const top = isNewRow ? y + rowHeight : y
    if (placed > 0 && top + sprite.height > HIGH) break
    if (isNewRow) [x, y, rowHeight] = [0, top, 0]
    ;[sprite.x, sprite.y] = [x, y]
    width = Math.max(width, x + sprite.width)
    x += sprite.width + APART
    rowHeight = Math.max(rowHeight, sprite.height + APART)
    placed++
  }
  return { placed, width, height: Math.max(1, y + rowHeight) }
}

/**
 * Copies a picture; one that is not there yet is left out. Its corner is moved to a whole device pixel, which keeps
 * edges and letters sharp.
 */
export function drawSprite(ctx: Ctx2D, { sheet, x, y, width, height }: Sprite, left: number, top: number, dpr: number) {
  if (!sheet) return
  const snap = (value: number) => Math.round(value * dpr) / dpr
  ctx.drawImage(sheet, x, y, width, height, snap(left), snap(top), width / dpr, height / dpr)
}

/** The same for what costs little to paint: it is painted here until its picture is there. */
export function drawOrPaint(ctx: Ctx2D, sprite: Sprite, left: number, top: number, dpr: number) {
  if (sprite.sheet) return drawSprite(ctx, sprite, left, top, dpr)
  ctx.save()
  ctx.translate(Math.round(left * dpr) / dpr, Math.round(top * dpr) / dpr)
  sprite.paint(ctx)
  ctx.restore()
}
