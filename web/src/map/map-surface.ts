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

/**
 * A surface too dear to draw on every frame of a gesture: what was drawn last is moved and stretched along,
 * and painted again at most four times a second.
 */
export class CachedSurface extends MapSurface {
  private readonly cache = new OffscreenCanvas(1, 1)
  private drawnFor: (Camera & { at: number }) | null = null

  invalidateCache() {
    this.drawnFor = null
    this.dirty = true
  }

  override resize(w: number, h: number, dpr: number) {
    super.resize(w, h, dpr)
    this.cache.width = this.canvas.width
    this.cache.height = this.canvas.height
    this.drawnFor = null
  }

  /** The picture is a stretched copy: draw once more when the gesture rests. */
  isStandIn(view: View): boolean {
    const drawn = this.drawnFor
    return !drawn || drawn.cx !== view.cx || drawn.cy !== view.cy || drawn.k !== view.k
  }

  protected override paint(ctx: Ctx2D, view: View) {
    const old = !this.drawnFor || view.now - this.drawnFor.at > REPAINT_MS
    if (this.isStandIn(view) && (old || !view.moving)) this.repaint(view)
    const { cx, cy, k } = this.drawnFor!
    const scale = view.k / k
    const x = (cx - view.cx) * view.k + (view.w / 2) * (1 - scale)
    const y = (view.cy - cy) * view.k + (view.h / 2) * (1 - scale)
    ctx.drawImage(this.cache, x, y, view.w * scale, view.h * scale)
  }

  private repaint(view: View) {
    const ctx = this.cache.getContext('2d')!
    ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0)
    ctx.clearRect(0, 0, view.w, view.h)
    super.paint(ctx, view)
    this.drawnFor = { cx: view.cx, cy: view.cy, k: view.k, at: view.now }
  }
}
