import { type Sprite, SpriteSheets } from './sprite-sheets.ts'

export interface LabelStyle {
  font: string
  fill: string
  halo: string
  spacing?: string
}

/** In pixels of the page. */
export interface LabelSize {
  width: number
  height: number
}

/** Around the letters, for their halo; in pixels of the page. */
export const LABEL_PAD = 3
const MAX_SPRITES = 1500
const MAX_SIZES = 20_000

/** Text with a halo is the dearest thing a canvas draws: each label is drawn once and copied from then on. */
export class LabelSprites {
  private readonly sheets = new SpriteSheets(MAX_SPRITES)
  private readonly sizes = new Map<string, LabelSize>()
  private readonly pen = new OffscreenCanvas(1, 1).getContext('2d')!

  /** How large a label is; it may find no room, so nothing is drawn yet. */
  size(text: string, style: LabelStyle): LabelSize {
    const key = `${style.font}|${text}`
    const known = this.sizes.get(key)
    if (known) return known
    if (this.sizes.size > MAX_SIZES) this.sizes.clear()
    this.pen.font = style.font
    this.pen.letterSpacing = style.spacing ?? '0px'
    const letters = Number(/(\d+(?:\.\d+)?)px/.exec(style.font)?.[1] ?? 12)
    const size = {
      width: Math.ceil(this.pen.measureText(text).width) + LABEL_PAD * 2,
      height: Math.ceil(letters * 1.15) + LABEL_PAD * 2,
    }
    this.sizes.set(key, size)
    return size
  }

  /** The picture of a label, which is there after `paint`. */
  want(text: string, style: LabelStyle, dpr: number): Sprite {
    const { width, height } = this.size(text, style)
    return this.sheets.want(`${style.font}|${style.fill}|${text}`, width, height, dpr, (pen) => {
      pen.font = style.font
      pen.letterSpacing = style.spacing ?? '0px'
      pen.textBaseline = 'middle'
      pen.lineJoin = 'round'
      pen.lineWidth = 3
      pen.strokeStyle = style.halo
      pen.strokeText(text, LABEL_PAD, height / 2)
      pen.fillStyle = style.fill
      pen.fillText(text, LABEL_PAD, height / 2)
    })
  }

  /** Paints what was asked for. True if some is left for the next frame. */
  paint(): boolean {
    return this.sheets.paint()
  }
}
