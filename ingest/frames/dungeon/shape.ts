import { z } from 'zod'
import { isRecord } from '../../../shared/contract/json-value.ts'
import { frameType } from '../../../shared/contract/decode.ts'
import type { DungeonCell, DungeonLevel } from '../../../shared/contract/dungeon.ts'
import { characterName, optional, timestamp } from '../../../shared/contract/fields.ts'
import { toNumber } from '../../../shared/contract/numbers.ts'

/** The floor of a dungeon. Levels are read one by one. */
export const dungeonMapSchema = z.object({
  character_name: optional(characterName()),
  timestamp: optional(timestamp()),
  landblock: z.unknown(),
  z_levels: z.unknown(),
})
export type DungeonMapFrame = z.infer<typeof dungeonMapSchema>

export const dungeonMap = frameType('dungeon_map', dungeonMapSchema, {
  character_name: ['player_name'],
  z_levels: ['levels', 'zLevels', 'cells', 'tiles'],
})

const MAX_CELLS = 20_000

/** Levels of a dungeon, lowest first: a list of levels, or one flat list of cells that each name their height. */
export function readDungeonLevels(raw: unknown): DungeonLevel[] {
  if (!Array.isArray(raw)) return []
  const levels = new Map<number, DungeonCell[]>()
  let count = 0
  const put = (z: number, given: unknown) => {
    const cell = isRecord(given) && count < MAX_CELLS ? readCell(given) : null
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
