// Places with a symbol: what several layers have in common.
import type { Place } from '../../../../shared/world/dereth/coordinates.ts'
import { type Ctx2D, type View, toX, toY } from '../view.ts'
import type { OptionalLayer } from './layer-types.ts'

const HIT = 9

export interface PlacesLook<P extends Place> {
  id: string
  /** Pixels a unit from which they are drawn in full size; farther away they are points. */
  fullK: number
  colour(view: View): string
  /** Traces the symbol around a point; it is filled, with a halo. */
  trace(ctx: Ctx2D, x: number, y: number, size: number): void
  text(place: P): string
}

/** A layer of places. */
export function placesLayer<P extends Place>(places: () => readonly P[], look: PlacesLook<P>): OptionalLayer {
  let seen: { place: P; x: number; y: number }[] = []
  return {
    layer: {
      id: look.id,
      draw(ctx, view) {
        seen = []
        const size = view.k >= look.fullK ? 5 : 2.5
        ctx.lineJoin = 'round'
        ctx.lineWidth = 2.4
        ctx.strokeStyle = view.inks.townHalo
        ctx.fillStyle = look.colour(view)
        for (const place of places()) {
          const [x, y] = [toX(view, place.ew), toY(view, place.ns)]
          if (x < -size || y < -size || x > view.w + size || y > view.h + size) continue
          seen.push({ place, x, y })
          ctx.beginPath()
          look.trace(ctx, x, y, size)
          ctx.stroke()
          ctx.fill()
        }
      },
    },
    textAt(x, y) {
      const near = seen.findLast((one) => Math.hypot(one.x - x, one.y - y) <= HIT)
      return near ? look.text(near.place) : null
    },
  }
}
