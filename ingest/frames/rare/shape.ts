import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, nonEmptyText, optional, real, timestamp } from '../../../shared/contract/fields.ts'

/** A rare item was found. */
export const rareSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  name: nonEmptyText(256),
  ew: optional(real()),
  ns: optional(real()),
  z: optional(real()),
})
export type RareFrame = z.infer<typeof rareSchema>

export const rare = frameType('rare', rareSchema, { character_name: ['player_name'], name: ['rare_name', 'item_name'] })
