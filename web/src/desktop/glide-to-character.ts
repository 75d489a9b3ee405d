import { mapControl } from '../map/map-control.ts'
import { useMapStore } from '../map/map-store.ts'
import { world } from '../world/live-world.ts'

/** The map glides to the first of these characters who is outdoors, and marks it. Nothing for names nobody has. */
export function glideToCharacter(names: readonly string[]): void {
  for (const name of names) {
    const i = world.find(name)
    if (i === undefined || !world.isPresent(i, Date.now()) || world.isBelow(i)) continue
    useMapStore().select(name)
    mapControl.value?.flyTo({ ew: world.ew[i]!, ns: world.ns[i]! })
    return
  }
}
