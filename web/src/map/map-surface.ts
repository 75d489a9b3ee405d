import type { Ctx2D, MapLayer, View } from './view.ts'

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

  /** What it shows has changed. */
  invalidate() {
    this.dirty = true
  }

  draw(view: View) {
    this.dirty = false
    this.ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0)
    this.ctx.clearRect(0, 0, view.w, view.h)
    this.paint(this.ctx, view)
  }

  dispose() {
    this.canvas.remove()
  }

  protected paint(ctx: Ctx2D, view: View) {
    for (const layer of this.layers) if (layer.draw(ctx, view)) this.dirty = true
  }
}
