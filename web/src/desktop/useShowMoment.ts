import { mapControl } from '../map/map-control.ts'
import { useMapStore } from '../map/map-store.ts'
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { useClock } from '../world/shown-world.ts'

/** Where to look at a moment: a place, else the character, which is followed. */
export interface MomentSubject {
  character: string | null
  place: Place | null
}

/** How long before an event its moment begins: what led to it is seen. */
const LEAD_MS = 5_000

/** Shows a moment of the past, ISO 8601, and what it is about; the clock stands. */
export function useShowMoment() {
  const clock = useClock()
  const map = useMapStore()
  return (at: string, { character, place }: MomentSubject) => {
    clock.pause()
    clock.goTo(Date.parse(at) - LEAD_MS)
    if (character !== null) map.select(character, place === null)
    if (place) mapControl.value?.flyTo(place)
  }
}
