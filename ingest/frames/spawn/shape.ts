import { Type, type Static } from 'typebox'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, optional, real, timestamp } from '../../../shared/contract/fields.ts'

/** A monster came into sight. */
export const spawnSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  mob: Type.String({ minLength: 1, maxLength: 128 }),
  ew: real(),
  ns: real(),
  z: optional(real()),
})
export type SpawnFrame = Static<typeof spawnSchema>

export const spawn = frameType('spawn', spawnSchema, {
  character_name: ['player_name'],
  mob: ['name', 'monster'],
})
