import { type Camera, type Insets, type MapLayer, type Sides, type View, clampCamera } from './view.ts'
import type { MapInks } from './map-inks.ts'
import { MapSurface } from './map-surface.ts'
import type { TrailsSource } from './trails/trails-order.ts'
import { TrailsSurface } from './trails/trails-surface.ts'

export interface MapLayers {
  base: readonly MapLayer[]
  trails: TrailsSource
  top: readonly MapLayer[]
}

type Part = 'base' | 'trails' | 'top'

/** Something that moves the camera or a dot by itself; true as long as it wants another frame. */
export type Motion = (now: number) => boolean

const MOTION_FPS = 30

/** Draws what changed, when it changed. A map at rest asks for no frame at all. */
export class MapRenderer {
  readonly camera: Camera = { cx: 0, cy: 0, k: 4 }
  w = 1
  h = 1
  inset: Insets = { top: 0, right: 0, bottom: 0, left: 0, scale: 0 }
  /** What the windows cover: places that are looked for come to the middle of the rest. */
  free: Sides = { top: 0, right: 0, bottom: 0, left: 0 }
  moving = false
  onCamera: () => void = () => undefined
  private dpr = 1
  private frame = 0
  private drawn = false
  /** The camera stands where it stood at the last frame. */
  private isStill = true
  /** The last frame was for the ground alone. */
  private wasAlone = false
  private lastMotion = 0
  private readonly surfaces: { base: MapSurface; trails: TrailsSurface; top: MapSurface }
  private readonly motions = new Set<Motion>()

  private inks: MapInks

  constructor(host: HTMLElement, layers: MapLayers, inks: MapInks) {
    this.inks = inks
    this.surfaces = {
      base: new MapSurface(host, layers.base, true),
      trails: new TrailsSurface(host, layers.trails, () => this.schedule()),
      top: new MapSurface(host, layers.top, false),
    }
  }

  resize(w: number, h: number, dpr: number) {
    if (w === this.w && h === this.h && dpr === this.dpr) return
    ;[this.w, this.h, this.dpr] = [w, h, dpr]
    for (const surface of Object.values(this.surfaces)) surface.resize(w, h, dpr)
    this.look(this.camera)
    // Resizing empties a canvas at once: without drawing now it would flash. Before the first picture nothing can.
    if (this.drawn) this.draw(performance.now())
  }

  /** Adds layers that came later: above the ground, and below the dots. */
  add(part: 'base' | 'top', ...layers: MapLayer[]) {
    const surface = this.surfaces[part]
    surface.layers = part === 'base' ? [...surface.layers, ...layers] : [...layers, ...surface.layers]
    this.invalidate(part)
  }

  remove(...layers: MapLayer[]) {
    for (const surface of Object.values(this.surfaces))
      surface.layers = surface.layers.filter((layer) => !layers.includes(layer))
    this.invalidate('base', 'trails', 'top')
  }

  /** How long the trails serve before they are painted again for news. */
  get pauseMs(): number {
    return this.surfaces.trails.pauseMs
  }

  setInks(inks: MapInks) {
    this.inks = inks
    this.invalidate('base', 'trails', 'top')
  }

  invalidate(...parts: Part[]) {
    for (const part of parts) this.surfaces[part].invalidate()
    this.schedule()
  }

  look(camera: Camera) {
    Object.assign(this.camera, clampCamera(camera, this.w, this.h))
    this.isStill = !this.drawn
    for (const surface of Object.values(this.surfaces)) surface.dirty = true
    this.onCamera()
    this.schedule()
  }

  /** Zooms so that the place under this point stays under it. */
  zoomAt(x: number, y: number, factor: number) {
    const { cx, cy, k } = this.camera
    const next = clampCamera({ cx, cy, k: k * factor }, this.w, this.h).k
    const shift = 1 / k - 1 / next
    this.look({ k: next, cx: cx + (x - this.w / 2) * shift, cy: cy - (y - this.h / 2) * shift })
  }

  /** Zooms about the middle of what the windows leave free. */
  zoomMiddle(factor: number) {
    const { left, right, top, bottom } = this.free
    this.zoomAt((left + this.w - right) / 2, (top + this.h - bottom) / 2, factor)
  }

  panBy(dx: number, dy: number) {
    const { cx, cy, k } = this.camera
    this.look({ k, cx: cx - dx / k, cy: cy + dy / k })
  }

  setMoving(moving: boolean) {
    this.moving = moving
    if (!moving) this.invalidate('base', 'trails', 'top')
  }

  hit(x: number, y: number): string | null {
    for (const layer of this.surfaces.top.layers.toReversed()) {
      const name = layer.hit?.(x, y)
      if (name) return name
    }
    return null
  }

  animate(motion: Motion) {
    this.motions.add(motion)
    this.schedule()
  }

  dispose() {
    cancelAnimationFrame(this.frame)
    this.motions.clear()
    for (const surface of Object.values(this.surfaces)) surface.dispose()
  }

  private schedule() {
    this.frame ||= requestAnimationFrame((time) => this.draw(time))
  }

  private draw(time: number) {
    cancelAnimationFrame(this.frame)
    this.frame = 0
    this.drawn = true
    if (this.motions.size > 0 && time - this.lastMotion >= 1000 / MOTION_FPS - 2) {
      this.lastMotion = time
      for (const motion of this.motions) if (!motion(Date.now())) this.motions.delete(motion)
    }
    const view = this.view()
    const surfaces = Object.values(this.surfaces)
    // While nothing moves, the ground has a frame of its own, so that none takes long; the next one is for the others.
    const isAlone = this.isStill && !this.wasAlone && this.surfaces.base.dirty
    for (const surface of surfaces) {
      if (surface.dirty) surface.draw(view)
      if (isAlone) break
    }
    this.wasAlone = isAlone
    this.isStill = !this.moving
    if (this.motions.size > 0 || surfaces.some(({ dirty }) => dirty)) this.schedule()
  }

  private view(): View {
    const { w, h, dpr, inset, inks, moving } = this
    return { ...this.camera, w, h, dpr, inset, inks, moving, now: Date.now() }
  }
}
