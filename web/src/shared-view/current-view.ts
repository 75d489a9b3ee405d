// The view that the page shows, as a link stores it: read from the address, which is the state of the page.
import type { SharedViewInput } from '../generated/types.ts'
import { readFilter } from '../map/extra/filters/filter-expression.ts'
import { readFilters } from '../map/extra/filters/map-filters.ts'
import { readMoment } from '../map/view.ts'

/**
 * The view of an address, or why it cannot be shared.
 * @param shorterSide of what the page shows of the map, in pixels
 */
export function viewOfAddress(
  hash: string,
  favourites: readonly string[],
  shorterSide: number,
): { view: SharedViewInput } | { fault: string } {
  const said = new URLSearchParams(hash.replace(/^#/, ''))
  const [ew, ns, zoom] = (said.get('c') ?? '').split(',').map(Number)
  if (![ew, ns, zoom].every(Number.isFinite)) return { fault: 'The map has not told where it stands yet.' }
  const moment = readMoment(hash)
  const { others, filters } = readFilters(said.get('q') ?? '')
  const read = filters
    .filter(({ text }) => text !== '')
    .map(({ text, colour }) => ({ text, colour, ...readFilter(text, { favourites }) }))
  for (const one of read) if ('fault' in one) return { fault: `The filter “${one.text}” cannot be read: ${one.fault}` }
  return {
    view: {
      ew: ew!,
      ns: ns!,
      across: shorterSide / zoom!,
      selected: said.get('s'),
      following: said.get('f') === '1',
      layers: (said.get('l') ?? '').split(',').filter(Boolean),
      colouring: said.get('by') ?? 'state',
      moment: moment === null ? null : new Date(moment).toISOString(),
      hidesOthers: others === 'hidden',
      filters: read.flatMap((one) => ('where' in one ? { colour: one.colour, where: one.where } : [])),
    },
  }
}
