export interface LabelStyle {
  font: string
  fill: string
  halo: string
  spacing?: string
}

export interface LabelSprite {
  image: OffscreenCanvas
  /** In pixels of the page. */
  width: number
  height: number
}

const PAD = 3
const MAX_SPRITES = 1500

/** Text with a halo is the dearest thing a canvas draws: each label is drawn once and copied from then on. */
export class LabelSprites {
  private readonly sprites = new Map<string, LabelSprite>()
  private readonly pen = new OffscreenCanvas(1, 1).getContext('2d')!

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
    this.pen.font = style.font
    this.pen.letterSpacing = style.spacing ?? '0px'
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(style.font)?.[1] ?? 12)
    const width = Math.ceil(this.pen.measureText(text).width) + PAD * 2
    const height = Math.ceil(size * 1.15) + PAD * 2
    const image = new OffscreenCanvas(Math.ceil(width * dpr), Math.ceil(height * dpr))
    const ctx = image.getContext('2d')!
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
    return { image, width, height }
  }
}
