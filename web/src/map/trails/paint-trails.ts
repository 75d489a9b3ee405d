// The picture of the trails: what is drawn, and how. The same code runs in the worker and, without one, on the page.
import { TRAIL_MS, isPortal, type TrailPoints } from '../../world/trail.ts'
import { type Ctx2D, type Frame, toX, toY } from '../view.ts'

/** Ages at which a trail changes its strength: a stroke for each, not for each step. */
const FADES: readonly [untilMs: number, alpha: number][] = [
  [TRAIL_MS, 0.12],
  [15 * 60_000, 0.24],
  [7 * 60_000, 0.42],
  [2 * 60_000, 0.7],
]

/** One way through the points, as it is painted. */
export interface TrailStroke {
  /** The first of its points, and the one after its last. */
  from: number
  to: number
  colour: string
  width: number
  /** Factor on the strength that its age gives it. */
  strength: number
}

/** A picture of trails that is asked for. */
export interface TrailsOrder {
  frame: Frame
  /** What ages are counted from, by the server's clock. */
  now: number
  /** Points of all trails, one trail after another, oldest first. */
  points: TrailPoints
  /** Lowest first. */
  strokes: readonly TrailStroke[]
}

/** The newest step is left to the dot, which glides along it. */
export function paintTrails(ctx: Ctx2D, { frame, now, points, strokes }: TrailsOrder) {
  ctx.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0)
  ctx.clearRect(0, 0, frame.w, frame.h)
  // Round ones look the same at this width, and take several times as long to paint.
  ctx.lineJoin = 'bevel'
  ctx.lineCap = 'butt'
  for (const stroke of strokes) paintTrail(ctx, frame, points, now, stroke)
}

function paintTrail(ctx: Ctx2D, frame: Frame, { ew, ns, at }: TrailPoints, now: number, stroke: TrailStroke) {
  const { from, to, colour, width, strength } = stroke
  const last = to - 2
  if (last < from + 1) return
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  let i = from
  for (const [n, [untilMs, alpha]] of FADES.entries()) {
    const nextMs = FADES[n + 1]?.[0] ?? -Infinity
    let started = false
    let lastX = 0
    let lastY = 0
    for (; i <= last; i++) {
      const age = now - at[i]!
      if (age > untilMs) continue
      if (age < nextMs && started) break
      const x = toX(frame, ew[i]!)
      const y = toY(frame, ns[i]!)
      const before = i > from ? i - 1 : i
      const jumped = isPortal(ew[before]!, ns[before]!, ew[i]!, ns[i]!)
      if (!started) {
        ctx.beginPath()
        // Each stretch begins where the one before it ended.
        if (i > from && !jumped) {
          ctx.moveTo(toX(frame, ew[before]!), toY(frame, ns[before]!))
          ctx.lineTo(x, y)
        } else ctx.moveTo(x, y)
        started = true
      } else if (jumped) ctx.moveTo(x, y)
      else if (i < last && Math.abs(x - lastX) + Math.abs(y - lastY) < 1.5) continue
      else ctx.lineTo(x, y)
      lastX = x
      lastY = y
    }
    if (!started) return
    ctx.globalAlpha = Math.min(1, alpha * strength)
    ctx.stroke()
    ctx.globalAlpha = 1
  }
}
