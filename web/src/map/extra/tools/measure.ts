import { byText } from '../../../language/language.ts'
import { type Place, UNIT_M } from '../../../../../shared/world/dereth/coordinates.ts'
import { type Area, contains } from '../../../../../shared/world/dereth/area.ts'
import type { WorldStore } from '../../../world/world-store.ts'
import { lens } from '../../lens.ts'
import { texts } from './messages.ts'

/** The length of a way in metres. */
export const lengthOf = (points: readonly Place[]): number =>
  points.reduce(
    (sum, { ew, ns }, i) => (i === 0 ? 0 : sum + Math.hypot(ew - points[i - 1]!.ew, ns - points[i - 1]!.ns) * UNIT_M),
    0,
  )

/** `850 m`, `12.3 km`. */
export const formatLength = (metres: number): string =>
  metres < 1_000 ? texts.m(Math.round(metres)) : texts.km((metres / 1_000).toFixed(metres < 10_000 ? 2 : 1))

/** The points of a compass from one place to another, such as `NE`. */
export function bearing(from: Place, to: Place): string {
  const turn = Math.atan2(to.ew - from.ew, to.ns - from.ns) / (Math.PI / 4)
  return ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'][(Math.round(turn) + 8) % 8]!
}

/** The characters that stand in an area of the map and are shown there, by name. */
export function namesWithin(world: WorldStore, corners: readonly Place[], now: number): string[] {
  const area: Area = { shape: 'POLYGON', points: corners, radius: null }
  return world.names
    .filter((name, i) => {
      if (!world.isPresent(i, now) || world.isBelow(i) || lens.value?.hides(name)) return false
      return contains(area, { ew: world.ew[i]!, ns: world.ns[i]! })
    })
    .sort(byText)
}
