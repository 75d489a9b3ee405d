import { mapControl } from '../map/map-control.ts'
import { useMapStore } from '../map/map-store.ts'
import { world } from '../world/live-world.ts'
import { glow } from './glow.ts'

/** Tools take names ignoring case. */
function find(name: string): number {
  const exact = world.find(name)
  const wanted = name.toLowerCase()
  return exact ?? world.names.findIndex((known) => known.toLowerCase() === wanted)
}

/**
 * The map glides to the first of these characters who is outdoors, where it glows and stays marked. Nothing for names
 * nobody has.
 */
export function glideToCharacter(names: readonly string[]): void {
  for (const name of names) {
    const i = find(name)
    if (i < 0 || !world.isPresent(i, Date.now()) || world.isBelow(i)) continue
    useMapStore().select(world.names[i]!)
    mapControl.value?.flyTo({ ew: world.ew[i]!, ns: world.ns[i]! })
    mapControl.value?.mark(glow(i, Date.now()))
    return
  }
}
