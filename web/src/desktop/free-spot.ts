import { type Bounds, GAP, type Rect, clampRect } from './geometry.ts'

const overlapOf = (a: Rect, b: Rect) =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y))

/** Where a new window covers least of what is open: on the right before the left, above before below. */
export function freeSpot(w: number, h: number, open: readonly Rect[], bounds: Bounds): Rect {
  const xs = new Set([bounds.right - w, bounds.left, ...open.flatMap((one) => [one.x - w - GAP, one.x + one.w + GAP])])
  const ys = new Set([bounds.top, bounds.bottom - h, ...open.flatMap((one) => [one.y + one.h + GAP, one.y])])
  let best = clampRect({ x: bounds.right - w, y: bounds.top, w, h }, bounds)
  let least = Infinity
  for (const x of xs) {
    for (const y of ys) {
      const spot = clampRect({ x, y, w, h }, bounds)
      const covered = open.reduce((sum, one) => sum + overlapOf(spot, one), 0)
      const cost = covered * 1000 + (bounds.right - spot.x) + (spot.y - bounds.top) * 2
      if (cost < least) [best, least] = [spot, cost]
    }
  }
  // Exactly on top of another it would hide it: a step aside shows both.
  while (open.some((one) => Math.abs(one.x - best.x) < 4 && Math.abs(one.y - best.y) < 4)) {
    const aside = clampRect({ ...best, x: best.x - 26, y: best.y + 26 }, bounds)
    if (aside.x === best.x && aside.y === best.y) break
    best = aside
  }
  return best
}
