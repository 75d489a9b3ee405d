/** Where a dot was drawn, in pixels. */
export interface DrawnDot {
  x: number
  y: number
}

/** A step of an arrow key: right and down are positive. */
export type Step = readonly [dx: -1 | 0 | 1, dy: -1 | 0 | 1]

/** Dots nearer than this in the direction of the key are on top of each other. */
const LEAST_PX = 2

/**
 * The dot that an arrow key leads to from here: near, and rather straight on than aside. Null if there is none within
 * some 60° of the direction.
 */
export function dotTowards<Dot extends DrawnDot>(dots: readonly Dot[], from: DrawnDot, [dx, dy]: Step): Dot | null {
  let best: Dot | null = null
  let least = Infinity
  for (const dot of dots) {
    const along = (dot.x - from.x) * dx + (dot.y - from.y) * dy
    const aside = Math.abs((dot.x - from.x) * dy) + Math.abs((dot.y - from.y) * dx)
    const cost = along + 3 * aside
    if (along > LEAST_PX && aside <= 2 * along && cost < least) [best, least] = [dot, cost]
  }
  return best
}

/** The dot nearest to a point; null without dots. */
export function nearestDot<Dot extends DrawnDot>(dots: readonly Dot[], to: DrawnDot): Dot | null {
  const far = (dot: DrawnDot) => Math.hypot(dot.x - to.x, dot.y - to.y)
  return dots.reduce<Dot | null>((best, dot) => (best && far(best) <= far(dot) ? best : dot), null)
}
