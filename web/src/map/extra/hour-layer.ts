import { isPortal } from '../../world/trail.ts'
import { type Ctx2D, type View, toX, toY } from '../view.ts'
import type { LayerWorld, OptionalLayer } from './layer-types.ts'
import { type MapHourTrailsQuery, MapHourTrailsDocument } from './map-hour.query.gen.ts'
import { useAsked } from './useAsked.ts'

type Trail = NonNullable<MapHourTrailsQuery['trails']>[number]

/** Which way everybody came within the hour before the moment that is shown, as thin lines. It counts the trails. */
export function start(given: LayerWorld): OptionalLayer {
  let trails: readonly Trail[] = []
  useAsked(
    MapHourTrailsDocument,
    () => ({ at: given.moment.value }),
    given,
    (data) => {
      trails = data.trails ?? []
      return data.trails?.length ?? null
    },
  )
  return {
    layer: {
      id: 'hour',
      draw(ctx, view) {
        ctx.lineJoin = 'round'
        ctx.lineWidth = 1.2
        ctx.strokeStyle = view.inks.activity.travelling
        ctx.globalAlpha = 0.5
        for (const { path } of trails) drawPath(ctx, view, path)
        ctx.globalAlpha = 1
      },
    },
  }
}

function drawPath(ctx: Ctx2D, view: View, { ew, ns }: Trail['path']) {
  ctx.beginPath()
  ew.forEach((x, i) => {
    const isStart = i === 0 || isPortal(ew[i - 1]!, ns[i - 1]!, x, ns[i]!)
    ctx[isStart ? 'moveTo' : 'lineTo'](toX(view, x), toY(view, ns[i]!))
  })
  ctx.stroke()
}
