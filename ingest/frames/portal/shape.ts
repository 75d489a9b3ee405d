import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, optional, real, text, timestamp } from '../../../shared/contract/fields.ts'

/** A portal came into sight. Only its place is asked for: a portal is known by where it stands. */
export const portalSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  portal_name: optional(text(256)),
  ew: real(),
  ns: real(),
  z: optional(real()),
})
export type PortalFrame = z.infer<typeof portalSchema>

export const portal = frameType('portal', portalSchema, {
  character_name: ['player_name'],
  portal_name: ['name'],
})
