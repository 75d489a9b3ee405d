import { Type, type Static } from 'typebox'
import { frameType } from '../decode.ts'
import { characterName, optional, real, text, timestamp } from '../fields.ts'

/** A portal came into sight. Only its place is asked for: a portal is known by where it stands. */
export const portalSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  portal_name: optional(text(256)),
  ew: real(),
  ns: real(),
  z: optional(real()),
})
export type PortalFrame = Static<typeof portalSchema>

export const portal = frameType('portal', portalSchema, {
  character_name: ['player_name'],
  portal_name: ['name'],
})

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
