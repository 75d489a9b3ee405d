import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, int, optional, text, timestamp } from '../../../shared/contract/fields.ts'

/** One line the game printed, any channel. */
export const chatSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  text: text(8_192),
  color: optional(int()),
})
export type ChatFrame = z.infer<typeof chatSchema>

export const chat = frameType('chat', chatSchema, { character_name: ['player_name'], text: ['message', 'line'] })
