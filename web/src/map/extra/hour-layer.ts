import { isPortal } from '../../world/trail.ts'
import { drawWay } from './draw-way.ts'
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
        for (const { path } of trails) drawWay(ctx, view, path, (i) => isPortalStep(path, i))
        ctx.globalAlpha = 1
      },
    },
  }
}

const isPortalStep = ({ ew, ns }: Trail['path'], i: number) => isPortal(ew[i - 1]!, ns[i - 1]!, ew[i]!, ns[i]!)
