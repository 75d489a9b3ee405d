import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, optional, text, timestamp } from '../../../shared/contract/fields.ts'

/** The first frame of a connection: which character it speaks for. */
export const registerSchema = z.object({
  character_name: characterName(),
  server: optional(text(64)),
  timestamp: optional(timestamp()),
  /** Asks for acknowledgements of the frames that are on disk. */
  ack: optional(z.boolean()),
})
export type RegisterFrame = z.infer<typeof registerSchema>

export const register = frameType('register', registerSchema, {
  character_name: ['player_name', 'name'],
  ack: ['acks'],
})
