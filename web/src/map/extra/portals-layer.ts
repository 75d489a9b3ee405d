import { formatAgo } from '../../ui/format.ts'
import type { LayerWorld } from './layer-types.ts'
import { type MapPortalsQuery, MapPortalsDocument } from './map-portals.query.gen.ts'
import { markInks } from './mark-look.ts'
import { placesLayer } from './places-layer.ts'
import { useAsked } from './useAsked.ts'
import { texts } from './messages.ts'

type Portal = NonNullable<MapPortalsQuery['portals']>['nodes'][number]

/** Portals that were seen within the hour before the moment that is shown, as rings. */
export function start(given: LayerWorld) {
  let portals: readonly Portal[] = []
  useAsked(
    MapPortalsDocument,
    () => ({ at: given.moment.value }),
    given,
    (data) => {
      portals = data.portals?.nodes ?? []
      return data.portals?.totalCount ?? null
    },
  )
  return placesLayer(() => portals, {
    id: 'portals',
    fullK: 5,
    colour: ({ inks }) => markInks[inks.theme].VIOLET,
    trace(ctx, x, y, size) {
      ctx.ellipse(x, y, size * 0.75, size * 1.1, 0, 0, 2 * Math.PI)
      ctx.ellipse(x, y, size * 0.3, size * 0.55, 0, 0, 2 * Math.PI, true)
    },
    text: ({ name, seenAt }) => texts.seen(name ?? texts.portal, formatAgo(seenAt, given.serverNow())),
  })
}
