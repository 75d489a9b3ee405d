import type { WorldStore } from '../../world/world-store.ts'
import { TRAIL_MS, isPortal, type Trail } from '../../world/trail.ts'
import { type Ctx2D, type MapLayer, type View, toX, toY } from '../view.ts'

/** Ages at which a trail changes its strength: a stroke for each, not for each step. */
const FADES: readonly [untilMs: number, alpha: number][] = [
  [TRAIL_MS, 0.12],
  [15 * 60_000, 0.24],
  [7 * 60_000, 0.42],
  [2 * 60_000, 0.7],
]

export interface TrailsSource {
  world: () => WorldStore
  shown: () => boolean
  selected: () => string | null
  colour: (i: number, view: View) => string
  hides: (i: number) => boolean
}

/** The newest step is left to the dot, which glides along it. */
export function trailsLayer({ world: shownWorld, shown, selected, colour, hides }: TrailsSource): MapLayer {
  return {
    id: 'trails',
    draw(ctx, view) {
      if (!shown()) return
      const world = shownWorld()
      // Round ones look the same at this width, and take several times as long to paint.
      ctx.lineJoin = 'bevel'
      ctx.lineCap = 'butt'
      const now = world.serverNow(view.now)
      const chosen = selected() === null ? undefined : world.find(selected()!)
      for (let i = 0; i < world.size; i++) {
        if (i !== chosen && world.isPresent(i, view.now) && !hides(i))
          drawTrail(
            ctx,
            view,
            world.trails[i]!,
            now,
            colour(i, view),
            chosen === undefined ? 1.3 : 1.1,
            chosen === undefined ? 1 : 0.7,
          )
      }
      if (chosen === undefined) return
      const trail = world.trails[chosen]!
      drawTrail(ctx, view, trail, now, view.inks.nameHalo, 4.5, 1)
      drawTrail(ctx, view, trail, now, colour(chosen, view), 2.4, 1.3)
    },
  }
}

function drawTrail(ctx: Ctx2D, view: View, trail: Trail, now: number, colour: string, width: number, strength: number) {
  const last = trail.length - 2
  if (last < 1) return
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  let i = 0
  FADES.forEach(([untilMs, alpha], n) => {
    const nextMs = FADES[n + 1]?.[0] ?? -Infinity
    let started = false
    let lastX = 0
    let lastY = 0
    for (; i <= last; i++) {
      const slot = trail.slot(i)
      const age = now - trail.at[slot]!
      if (age > untilMs) continue
      if (age < nextMs && started) break
      const x = toX(view, trail.ew[slot]!)
      const y = toY(view, trail.ns[slot]!)
      const before = i > 0 ? trail.slot(i - 1) : slot
      const jumped = isPortal(trail.ew[before]!, trail.ns[before]!, trail.ew[slot]!, trail.ns[slot]!)
      if (!started) {
        ctx.beginPath()
        // Each stretch begins where the one before it ended.
        if (i > 0 && !jumped) {
          ctx.moveTo(toX(view, trail.ew[before]!), toY(view, trail.ns[before]!))
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
  })
}
