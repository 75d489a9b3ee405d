import { mapControl } from '../map/map-control.ts'
import { useMapStore } from '../map/map-store.ts'
import { useWindowStore } from './window-store.ts'
import { world } from '../world/live-world.ts'

/** Picked from a list: select, fly there and open the window about it. */
export function showCharacter(name: string) {
  useMapStore().select(name, true)
  const i = world.find(name)
  if (i !== undefined && world.isPresent(i, Date.now()) && !world.isBelow(i)) {
    mapControl.value?.flyTo({ ew: world.ew[i]!, ns: world.ns[i]! })
  }
  useWindowStore().open('character', { character: name })
}
