import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, nonEmptyText, optional, real, timestamp } from '../../../shared/contract/fields.ts'

/** A monster came into sight. */
export const spawnSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  mob: nonEmptyText(128),
  ew: real(),
  ns: real(),
  z: optional(real()),
})
export type SpawnFrame = z.infer<typeof spawnSchema>

export const spawn = frameType('spawn', spawnSchema, {
  character_name: ['player_name'],
  mob: ['name', 'monster'],
})
