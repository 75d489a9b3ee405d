import { MapSurface } from '../map-surface.ts'
import type { Ctx2D, Frame, View } from '../view.ts'
import type { TrailsPainter, TrailsPicture } from './trails-painter.ts'
import { type TrailsSource, trailsOrder } from './trails-order.ts'

const REPAINT_MS = 250
/** A dear picture is painted less often: it may take one part in so many of the time. */
const SHARE = 8

/**
 * The trails are too dear to paint on every frame, and long enough in the painting to be seen as a stumble of the dots:
 * a worker paints them, and meanwhile what was painted last is moved and stretched along. During a gesture they are
 * painted at most four times a second, and less often the longer that takes.
 */
export class TrailsSurface extends MapSurface {
  private picture: TrailsPicture | null = null
  /** What the picture under way, or else the last one, was asked for; null once there is news. */
  private asked: (Frame & { at: number }) | null = null
  private isPainting = false
  private worker: Worker | null
  private painter: TrailsPainter | null = null
  private readonly source: TrailsSource
  private readonly onPainted: () => void

  constructor(host: HTMLElement, source: TrailsSource, onPainted: () => void) {
    super(host, [], false)
    this.source = source
    this.onPainted = onPainted
    this.worker = new Worker(new URL('./trails.worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<TrailsPicture>) => this.take(data)
    this.worker.onerror = () => void this.paintHere().catch(() => undefined)
  }

  /** How long a picture has to serve before it is painted again only because there is news. */
  get pauseMs(): number {
    return Math.max(REPAINT_MS, (this.picture?.costMs ?? 0) * SHARE)
  }

  /** The picture no longer shows what is known. */
  override invalidate() {
    this.asked = null
    this.dirty = true
  }

  override dispose() {
    this.worker?.terminate()
    this.worker = null
    this.drop()
    this.canvas.remove()
  }

  /** Without its worker, which could not be loaded. */
  private async paintHere() {
    this.worker?.terminate()
    this.worker = null
    this.painter = new (await import('./trails-painter.ts')).TrailsPainter()
    this.isPainting = false
    this.invalidate()
    this.onPainted()
  }

  protected override paint(ctx: Ctx2D, view: View) {
    if (!this.isPainting && this.isOld(view)) this.ask(view)
    if (!this.picture) return
    const { bitmap, frame } = this.picture
    const scale = view.k / frame.k
    const x = (frame.cx - view.cx) * view.k + (view.w - frame.w * scale) / 2
    const y = (view.cy - frame.cy) * view.k + (view.h - frame.h * scale) / 2
    ctx.drawImage(bitmap, x, y, frame.w * scale, frame.h * scale)
  }

  /** The picture lacks news, or is a stretched copy that a gesture may use for a while. */
  private isOld(view: View): boolean {
    const { asked } = this
    if (!asked) return true
    const isSame = frameKeys.every((key) => asked[key] === view[key])
    return !isSame && (!view.moving || view.now - asked.at > this.pauseMs)
  }

  private ask(view: View) {
    const order = trailsOrder(this.source, view)
    this.asked = { ...view, at: view.now }
    if (!order) return this.drop()
    if (this.painter) return this.take(this.painter.paint(order))
    if (!this.worker) return
    this.isPainting = true
    const { ew, ns, at } = order.points
    this.worker.postMessage(order, [ew.buffer, ns.buffer, at.buffer])
  }

  private take(picture: TrailsPicture) {
    this.isPainting = false
    this.drop()
    // Trails that were switched off meanwhile stay off.
    if (this.source.shown()) this.picture = picture
    else picture.bitmap.close()
    this.dirty = true
    this.onPainted()
  }

  private drop() {
    this.picture?.bitmap.close()
    this.picture = null
  }
}

const frameKeys = ['cx', 'cy', 'k', 'w', 'h', 'dpr'] as const
