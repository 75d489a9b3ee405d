import { fault } from '../../../shared/errors.ts'
import { dungeonName } from '../../../shared/world/dereth/dungeons.ts'
import { landblockOf, type Place } from '../../../shared/world/dereth/coordinates.ts'
import { nearestTown } from '../../../shared/world/dereth/nearest-town.ts'
import type { Circle } from '../../../shared/access/conditions.ts'

const MAX_DISTANCE = 300

/** A circle as it is asked for: its radius has a default in the schema, which types of inputs do not show. */
export type Near = Omit<Circle, 'distance'> & Partial<Circle>

/** Refuses a circle without a proper radius. */
export function checkNear(near: Near | null | undefined): Circle | null {
  if (!near) return null
  const { ew, ns, distance = NaN } = near
  if (!(distance >= 0 && distance <= MAX_DISTANCE))
    throw fault('BAD_USER_INPUT', `\`distance\` must be 0 to ${MAX_DISTANCE} map units.`)
  return { ew, ns, distance }
}

interface MaybePlace {
  ew?: number | null
  ns?: number | null
}
const placeOf = ({ ew, ns }: MaybePlace): Place | null => (ew == null || ns == null ? null : { ew, ns })

/** Resolvers of whatever has a place: that place in words. */
export const placeInWords = {
  nearestTown(row: MaybePlace): string | null {
    const place = placeOf(row)
    return place && nearestTown(place)
  },
  dungeon(row: MaybePlace): string | null {
    const place = placeOf(row)
    const landblock = place && landblockOf(place)
    return (landblock && dungeonName(landblock)) || null
  },
}
