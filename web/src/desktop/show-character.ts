import { mapControl } from '../map/map-control.ts'
import { useMapStore } from '../map/map-store.ts'
import { useWindowStore } from './window-store.ts'

/** Picked from a list: select, fly there and open the window about it. */
export function showCharacter(name: string) {
  useMapStore().select(name, true)
  mapControl.value?.flyToCharacter(name)
  useWindowStore().open('character', { character: name })
}
