import { mapControl } from '../map/map-control.ts'
import { useMapStore } from '../map/map-store.ts'
import type { WorldStore } from '../world/world-store.ts'
import { glow } from './glow.ts'

/** Tools take names ignoring case. */
function find(world: WorldStore, name: string): number {
  const exact = world.find(name)
  const wanted = name.toLowerCase()
  return exact ?? world.names.findIndex((known) => known.toLowerCase() === wanted)
}

/**
 * The map glides to the first of these characters who is outdoors, where it glows and stays marked. Nothing for names
 * nobody has.
 */
export function glideToCharacter(names: readonly string[]): void {
  const map = mapControl.value
  if (!map) return
  const { world } = map
  for (const name of names) {
    const i = find(world, name)
    if (i < 0 || !world.isPresent(i, Date.now()) || world.isBelow(i)) continue
    useMapStore().select(world.names[i]!)
    map.flyTo({ ew: world.ew[i]!, ns: world.ns[i]! })
    map.mark(glow(i, Date.now()))
    return
  }
}
