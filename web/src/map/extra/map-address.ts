import { addAddressPart } from '../../ui/address.ts'
import { colourings } from '../dot-look.ts'
import { type MapToggle, mapToggles, type useMapStore } from '../map-store.ts'
import { readFilters, useMapFilters, writeFilters } from './filters/map-filters.ts'
import { layerKinds } from './layer-kinds.ts'
import { readSpan, useTrailSpan, writeSpan } from './trail-span.ts'

const isToggle = (id: string): id is MapToggle => (mapToggles as readonly string[]).includes(id)
const layerIds: readonly string[] = [...mapToggles, 'rares', 'deaths', 'marks', ...layerKinds.map(({ id }) => id)]

/**
 * Keeps in the address: selection (`s`), whether it is followed (`f`), layers (`l`), the moments of trails (`tw`),
 * colours (`by`), filters (`q`).
 */
export function keepMapInAddress(map: ReturnType<typeof useMapStore>) {
  const isOn = (id: string) => (isToggle(id) ? map.shows[id] : map.isOn(id))
  addAddressPart({ key: 's', write: () => map.selected, read: (name) => map.select(name) })
  addAddressPart({
    key: 'f',
    write: () => (map.following && map.selected !== null ? '1' : null),
    read: (text) => (map.following = text === '1' && map.selected !== null),
  })
  // Before the layers: the one that it is about is started with it.
  const trails = useTrailSpan()
  addAddressPart({
    key: 'tw',
    write: () => (map.isOn('span') ? writeSpan(trails.span) : null),
    read: (text) => (trails.span = readSpan(text)),
  })
  addAddressPart({
    key: 'l',
    write: () => layerIds.filter(isOn).join(','),
    read(text) {
      const wanted = new Set(text.split(','))
      for (const id of layerIds) {
        if (isOn(id) === wanted.has(id)) continue
        if (isToggle(id)) map.toggle(id)
        else map.turn(id)
      }
    },
  })
  addAddressPart({
    key: 'by',
    write: () => (map.colouring === 'state' ? null : map.colouring),
    read: (text) => (map.colouring = colourings.find((one) => one === text) ?? map.colouring),
  })
  const filters = useMapFilters()
  addAddressPart({
    key: 'q',
    write: () => writeFilters(filters.set),
    read: (text) => (filters.set = readFilters(text)),
  })
}
