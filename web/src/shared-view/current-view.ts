// The view that the page shows, as a link stores it: read from the address, which is the state of the page.
import type { SharedViewInput } from '../generated/types.ts'
import { readFilter } from '../map/extra/filters/filter-expression.ts'
import { readFilters } from '../map/extra/filters/map-filters.ts'
import { readMiddle, readMoment } from '../map/view.ts'
import { texts } from './messages.ts'

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
  const middle = readMiddle(said.get('c'))
  if (!middle) return { fault: texts.addressNamesNoPlace }
  const moment = readMoment(hash)
  const { others, filters } = readFilters(said.get('q') ?? '')
  const read = filters
    .filter(({ text }) => text !== '')
    .map(({ text, colour }) => ({ text, colour, ...readFilter(text, { favourites }) }))
  for (const one of read) if ('fault' in one) return { fault: texts.filterCannotBeRead(one.text, one.fault) }
  return {
    view: {
      ew: middle.ew,
      ns: middle.ns,
      across: shorterSide / middle.k,
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
