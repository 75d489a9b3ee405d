import type { Camera, Ctx2D, MapLayer, View } from './view.ts'

/** One canvas of the stack with the layers drawn on it, lowest first. It is drawn only when something on it changed. */
export class MapSurface {
  readonly canvas: HTMLCanvasElement
  dirty = true
  layers: readonly MapLayer[]
  protected readonly ctx: CanvasRenderingContext2D

  constructor(host: HTMLElement, layers: readonly MapLayer[], opaque: boolean) {
    this.layers = layers
    this.canvas = document.createElement('canvas')
    this.canvas.className = 'absolute inset-0 size-full'
    this.canvas.setAttribute('aria-hidden', 'true')
    host.append(this.canvas)
    this.ctx = this.canvas.getContext('2d', { alpha: !opaque })!
  }

  resize(w: number, h: number, dpr: number) {
    this.canvas.width = Math.round(w * dpr)
    this.canvas.height = Math.round(h * dpr)
    this.dirty = true
  }

  draw(view: View) {
    this.dirty = false
    this.ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0)
    this.ctx.clearRect(0, 0, view.w, view.h)
    this.paint(this.ctx, view)
  }

  protected paint(ctx: Ctx2D, view: View) {
    for (const layer of this.layers) layer.draw(ctx, view)
  }
}

const REPAINT_MS = 250
/** A dear picture is painted less often: it may take one part in so many of the time. */
const SHARE = 8

/**
 * A surface too dear to draw on every frame of a gesture: what was drawn last is moved and stretched along,
 * and painted again at most four times a second, and less often the longer that takes.
 */
export class CachedSurface extends MapSurface {
  private readonly pen = new OffscreenCanvas(1, 1)
  /** A canvas would be copied each time it is drawn. */
  private picture: ImageBitmap | null = null
  private drawnFor: (Camera & { at: number }) | null = null
  private costMs = 0

  /** How long a picture has to serve before it is painted again only because there is news. */
  get pauseMs(): number {
    return Math.max(REPAINT_MS, this.costMs * SHARE)
  }

  invalidateCache() {
    this.drawnFor = null
    this.dirty = true
  }

  override resize(w: number, h: number, dpr: number) {
    super.resize(w, h, dpr)
    this.pen.width = this.canvas.width
    this.pen.height = this.canvas.height
    this.drawnFor = null
  }

  /** The picture is a stretched copy: draw once more when the gesture rests. */
  isStandIn(view: View): boolean {
    const drawn = this.drawnFor
    return !drawn || drawn.cx !== view.cx || drawn.cy !== view.cy || drawn.k !== view.k
  }

  protected override paint(ctx: Ctx2D, view: View) {
    const old = !this.drawnFor || view.now - this.drawnFor.at > this.pauseMs
    if (this.isStandIn(view) && (old || !view.moving)) this.repaint(view)
    const { cx, cy, k } = this.drawnFor!
    const scale = view.k / k
    const x = (cx - view.cx) * view.k + (view.w / 2) * (1 - scale)
    const y = (view.cy - cy) * view.k + (view.h / 2) * (1 - scale)
    ctx.drawImage(this.picture!, x, y, view.w * scale, view.h * scale)
  }

  private repaint(view: View) {
    const begun = performance.now()
    const ctx = this.pen.getContext('2d')!
    ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0)
    ctx.clearRect(0, 0, view.w, view.h)
    super.paint(ctx, view)
    this.picture?.close()
    // This waits until all is painted, which is what the time goes into.
    this.picture = this.pen.transferToImageBitmap()
    this.costMs = performance.now() - begun
    this.drawnFor = { cx: view.cx, cy: view.cy, k: view.k, at: view.now }
  }
}
