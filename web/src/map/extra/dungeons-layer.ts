import { formatPlace } from '../../../../shared/world/dereth/coordinates.ts'
import { dungeonEntrances } from '../../../../shared/world/dereth/dungeon-entrances.ts'
import type { LayerWorld } from './layer-types.ts'
import { markInks } from './mark-look.ts'
import { placesLayer } from './places-layer.ts'

/** Portals into dungeons, as arches. */
export function start({ report }: LayerWorld) {
  report({ count: dungeonEntrances.length, askedAt: null })
  return placesLayer(() => dungeonEntrances, {
    id: 'dungeons',
    fullK: 7,
    colour: ({ inks }) => markInks[inks.theme].ORANGE,
    trace(ctx, x, y, size) {
      ctx.arc(x, y, size * 0.8, Math.PI, 0)
      ctx.lineTo(x + size * 0.8, y + size)
      ctx.lineTo(x - size * 0.8, y + size)
      ctx.closePath()
    },
    text: (place) => `${place.name}, ${formatPlace(place)}`,
  })
}
