import { UNIT_M, type Place } from './coordinates.ts'
import { towns } from './towns.ts'

/** Beyond the map the coordinates are those of a dungeon, which is near no town. */
const MAP_EDGE = 102
const DIRECTIONS = ['east', 'north-east', 'north', 'north-west', 'west', 'south-west', 'south', 'south-east'] as const
/** Within this many meters a place counts as in the town. */
const IN_TOWN_M = 300

/** The nearest town and how far it is; null off the map. */
function nearest({ ew, ns }: Place): { town: (typeof towns)[number]; meters: number } | null {
  if (!Number.isFinite(ew) || !Number.isFinite(ns) || Math.abs(ew) > MAP_EDGE || Math.abs(ns) > MAP_EDGE) return null
  const distanceTo = (town: Place) => Math.hypot(ew - town.ew, ns - town.ns)
  const town = towns.reduce((near, one) => (distanceTo(one) < distanceTo(near) ? one : near))
  return { town, meters: distanceTo(town) * UNIT_M }
}

/** The name of the nearest town of a place on the map; null off the map. */
export const nearestTownName = (place: Place): string | null => nearest(place)?.town.name ?? null

/** The nearest town of a place on the map: `in Holtburg`, `1.4 km north-east of Holtburg`; null off the map. */
export function nearestTown(place: Place): string | null {
  const found = nearest(place)
  if (!found) return null
  const { town, meters } = found
  if (meters <= IN_TOWN_M) return `in ${town.name}`
  const eighth = Math.round(Math.atan2(place.ns - town.ns, place.ew - town.ew) / (Math.PI / 4))
  const direction = DIRECTIONS[(eighth + DIRECTIONS.length) % DIRECTIONS.length]
  return `${(meters / 1_000).toFixed(1)} km ${direction} of ${town.name}`
}
