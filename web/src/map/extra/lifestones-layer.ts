import { formatPlace } from '../../../../shared/world/dereth/coordinates.ts'
import { lifestones } from '../../../../shared/world/dereth/lifestones.ts'
import type { LayerWorld } from './layer-types.ts'
import { markInks } from './mark-look.ts'
import { placesLayer } from './places-layer.ts'
import { texts } from './messages.ts'

/** Lifestones, as upright stones. */
export function start({ report }: LayerWorld) {
  report({ count: lifestones.length, askedAt: null })
  return placesLayer(() => lifestones, {
    id: 'lifestones',
    fullK: 7,
    colour: ({ inks }) => markInks[inks.theme].BLUE,
    trace(ctx, x, y, size) {
      ctx.moveTo(x, y - size * 1.3)
      ctx.lineTo(x + size * 0.6, y - size * 0.3)
      ctx.lineTo(x + size * 0.4, y + size)
      ctx.lineTo(x - size * 0.4, y + size)
      ctx.lineTo(x - size * 0.6, y - size * 0.3)
      ctx.closePath()
    },
    text: (place) => texts.lifestoneAt(formatPlace(place)),
  })
}
