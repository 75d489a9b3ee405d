import { z } from 'zod'
import { isRecord, wellFormed } from '../../../shared/contract/json-value.ts'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, optional, real, timestamp, unsignedId } from '../../../shared/contract/fields.ts'
import { toNumber } from '../../../shared/contract/numbers.ts'
import type { RadarObject } from '../../../shared/contract/radar.ts'
import { objectClassName, objectClassNumber } from '../../../shared/world/dereth/object-class.ts'

/** What is near a character, while its radar is on. Objects are read one by one: a bad one costs only itself. */
export const nearbyObjectsSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  landblock: optional(z.unknown()),
  ew: optional(real()),
  ns: optional(real()),
  z: optional(real()),
  heading: optional(real()),
  objects: z.array(z.unknown()).max(5_000),
})
export type NearbyObjectsFrame = z.infer<typeof nearbyObjectsSchema>

export const nearbyObjects = frameType('nearby_objects', nearbyObjectsSchema, {
  character_name: ['player_name'],
  landblock: ['landcell', 'land_cell'],
  objects: ['nearby', 'items'],
})

/** One thing nearby; null for what has no usable id. */
export function readRadarObject(raw: unknown): RadarObject | null {
  if (!isRecord(raw)) return null
  const id = toNumber(raw['id'] ?? raw['Id'] ?? raw['item_id'])
  if (id === undefined || !Number.isInteger(id) || id < -2_147_483_648 || id > 4_294_967_295) return null
  const name = raw['name'] ?? raw['Name']
  const reported = raw['object_class'] ?? raw['objectClass'] ?? raw['ObjectClass'] ?? raw['type']
  const number = toNumber(reported)
  return {
    gameId: unsignedId(id),
    name: typeof name === 'string' ? wellFormed(name).slice(0, 256) : null,
    objectClassName:
      number === undefined
        ? typeof reported === 'string'
          ? wellFormed(reported).slice(0, 64)
          : null
        : objectClassName(number),
    objectClass:
      number !== undefined
        ? Math.trunc(number) % 65_536
        : typeof reported === 'string'
          ? objectClassNumber(reported)
          : null,
    ew: toNumber(raw['ew']) ?? null,
    ns: toNumber(raw['ns']) ?? null,
    z: toNumber(raw['z']) ?? null,
    distance: toNumber(raw['distance']) ?? null,
  }
}
