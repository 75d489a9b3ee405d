// Areas that people draw on the map: what is inside of them.
import type { Place } from './coordinates.ts'

/** A pin, a circle or a polygon, in map units. A pin contains nothing. */
export interface Area {
  shape: 'PIN' | 'CIRCLE' | 'POLYGON'
  /** The pin, the middle of the circle, or the corners in order. */
  points: readonly Place[]
  /** Of a circle. */
  radius: number | null
}

/** Whether a place is inside of an area. The edge of a circle is inside; crossing edges of a polygon cut holes. */
export function contains({ shape, points, radius }: Area, { ew, ns }: Place): boolean {
  if (shape === 'CIRCLE') return Math.hypot(ew - points[0]!.ew, ns - points[0]!.ns) <= (radius ?? 0)
  let isInside = false
  if (shape === 'POLYGON')
    points.forEach((a, i) => {
      const b = points.at(i - 1)!
      if (a.ns > ns !== b.ns > ns && ew < ((b.ew - a.ew) * (ns - a.ns)) / (b.ns - a.ns) + a.ew) isInside = !isInside
    })
  return isInside
}

/** The first line of a note, at most 40 characters: what a mark is called. */
export function nameOfMark(note: string): string {
  const line = note.split('\n', 1)[0]!.trim()
  return line.length > 40 ? `${line.slice(0, 39).trimEnd()}…` : line
}
