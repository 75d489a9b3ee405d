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

export interface LabelSprite extends LabelSize {
  image: ImageBitmap
}

const PAD = 3
const MAX_SPRITES = 1500
const MAX_SIZES = 20_000

/** Text with a halo is the dearest thing a canvas draws: each label is drawn once and copied from then on. */
export class LabelSprites {
  private readonly sprites = new Map<string, LabelSprite>()
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
      width: Math.ceil(this.pen.measureText(text).width) + PAD * 2,
      height: Math.ceil(letters * 1.15) + PAD * 2,
    }
    this.sizes.set(key, size)
    return size
  }

  get(text: string, style: LabelStyle, dpr: number): LabelSprite {
    const key = `${dpr}|${style.font}|${style.fill}|${text}`
    const known = this.sprites.get(key)
    if (known) return known
    if (this.sprites.size > MAX_SPRITES) this.sprites.clear()
    const sprite = this.paint(text, style, dpr)
    this.sprites.set(key, sprite)
    return sprite
  }

  private paint(text: string, style: LabelStyle, dpr: number): LabelSprite {
    const { width, height } = this.size(text, style)
    const canvas = new OffscreenCanvas(Math.ceil(width * dpr), Math.ceil(height * dpr))
    const ctx = canvas.getContext('2d')!
    ctx.scale(dpr, dpr)
    ctx.font = style.font
    ctx.letterSpacing = style.spacing ?? '0px'
    ctx.textBaseline = 'middle'
    ctx.lineJoin = 'round'
    ctx.lineWidth = 3
    ctx.strokeStyle = style.halo
    ctx.strokeText(text, PAD, height / 2)
    ctx.fillStyle = style.fill
    ctx.fillText(text, PAD, height / 2)
    // A canvas would be copied each time it is drawn.
    return { image: canvas.transferToImageBitmap(), width, height }
  }
}
