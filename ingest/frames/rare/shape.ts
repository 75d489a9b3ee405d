import { Type, type Static } from 'typebox'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, optional, real, timestamp } from '../../../shared/contract/fields.ts'

/** A rare item was found. */
export const rareSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  name: Type.String({ minLength: 1, maxLength: 256 }),
  ew: optional(real()),
  ns: optional(real()),
  z: optional(real()),
})
export type RareFrame = Static<typeof rareSchema>

export const rare = frameType('rare', rareSchema, { character_name: ['player_name'], name: ['rare_name', 'item_name'] })
