import { Type, type Static } from 'typebox'
import { objectClassName, objectClassNumber } from '../../world/object-class.ts'
import { isRecord, wellFormed } from '../coerce.ts'
import { toNumber } from '../numbers.ts'
import { frameType } from '../decode.ts'
import { characterName, optional, real, timestamp, unsignedId } from '../fields.ts'

/** What is near a character, while its radar is on. Objects are read one by one: a bad one costs only itself. */
export const nearbyObjectsSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  landblock: optional(Type.Unknown()),
  ew: optional(real()),
  ns: optional(real()),
  z: optional(real()),
  heading: optional(real()),
  objects: Type.Array(Type.Unknown(), { maxItems: 5_000 }),
})
export type NearbyObjectsFrame = Static<typeof nearbyObjectsSchema>

export const nearbyObjects = frameType('nearby_objects', nearbyObjectsSchema, {
  character_name: ['player_name'],
  landblock: ['landcell', 'land_cell'],
  objects: ['nearby', 'items'],
})

/** A thing nearby. */
export interface RadarObject {
  /** The game's id, unsigned. */
  id: number
  name: string | null
  objectClass: string | null
  objectClassNumber: number | null
  ew: number | null
  ns: number | null
  z: number | null
  distance: number | null
}

/** One thing nearby; null for what has no usable id. */
export function readRadarObject(raw: unknown): RadarObject | null {
  if (!isRecord(raw)) return null
  const id = toNumber(raw['id'] ?? raw['Id'] ?? raw['item_id'])
  if (id === undefined || !Number.isInteger(id) || id < -2_147_483_648 || id > 4_294_967_295) return null
  const name = raw['name'] ?? raw['Name']
  const told = raw['object_class'] ?? raw['objectClass'] ?? raw['ObjectClass'] ?? raw['type']
  const number = toNumber(told)
  return {
    id: unsignedId(id),
    name: typeof name === 'string' ? wellFormed(name).slice(0, 256) : null,
    objectClass:
      number === undefined
        ? typeof told === 'string'
          ? wellFormed(told).slice(0, 64)
          : null
        : objectClassName(number),
    objectClassNumber: number !== undefined ? Math.trunc(number) % 65_536 : typeof told === 'string' ? objectClassNumber(told) : null, // prettier-ignore
    ew: toNumber(raw['ew']) ?? null,
    ns: toNumber(raw['ns']) ?? null,
    z: toNumber(raw['z']) ?? null,
    distance: toNumber(raw['distance']) ?? null,
  }
}

/** The floor of a dungeon. Levels are read one by one. */
export const dungeonMapSchema = Type.Object({
  character_name: optional(characterName()),
  timestamp: optional(timestamp()),
  landblock: Type.Unknown(),
  z_levels: Type.Unknown(),
})
export type DungeonMapFrame = Static<typeof dungeonMapSchema>

export const dungeonMap = frameType('dungeon_map', dungeonMapSchema, {
  character_name: ['player_name'],
  z_levels: ['levels', 'zLevels', 'cells', 'tiles'],
})

/** One floor tile, on a grid of 10 m. */
export interface DungeonCell {
  envId: number
  x: number
  y: number
  rotation: number
}

/** All tiles of one height. */
export interface DungeonLevel {
  z: number
  cells: DungeonCell[]
}

const MOST_CELLS = 20_000

/** Levels of a dungeon, lowest first: a list of levels, or one flat list of cells that each name their height. */
export function readDungeonLevels(raw: unknown): DungeonLevel[] {
  if (!Array.isArray(raw)) return []
  const levels = new Map<number, DungeonCell[]>()
  let count = 0
  const put = (z: number, given: unknown) => {
    const cell = isRecord(given) && count < MOST_CELLS ? readCell(given) : null
    if (!cell) return
    count++
    const cells = levels.get(z)
    if (cells) cells.push(cell)
    else levels.set(z, [cell])
  }
  for (const part of raw) {
    if (!isRecord(part)) continue
    const z = toNumber(part['z'] ?? part['level']) ?? 0
    const cells = part['cells'] ?? part['tiles']
    if (Array.isArray(cells)) for (const cell of cells) put(z, cell)
    else put(z, part)
  }
  return [...levels].sort(([a], [b]) => a - b).map(([z, cells]) => ({ z, cells }))
}

function readCell(raw: Record<string, unknown>): DungeonCell | null {
  const envId = toNumber(raw['env_id'] ?? raw['environment_id'] ?? raw['envId'] ?? raw['id'])
  const [x, y] = [toNumber(raw['x']), toNumber(raw['y'])]
  if (envId === undefined || !Number.isInteger(envId) || Math.abs(envId) > 65_535 || x === undefined || y === undefined)
    return null
  return { envId, x, y, rotation: toNumber(raw['rotation'] ?? raw['heading']) ?? 0 }
}
