import { Type, type Static } from 'typebox'
import { frameType } from '../decode.ts'
import { characterName, int, optional, text, timestamp, whole } from '../fields.ts'

/** The character sheet, at login and every ten minutes. What is not named here is kept in the raw frame. */
export const characterStatsSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  level: optional(int()),
  race: optional(text(64)),
  gender: optional(text(32)),
  birth: optional(text(64)),
  total_xp: optional(whole()),
  unassigned_xp: optional(whole()),
  skill_credits: optional(int()),
  luminance_earned: optional(whole()),
  luminance_total: optional(whole()),
  deaths: optional(int()),
  burden_units: optional(int()),
  encumbrance_capacity: optional(int()),
})
export type CharacterStatsFrame = Static<typeof characterStatsSchema>

export const characterStats = frameType('character_stats', characterStatsSchema, { character_name: ['player_name'] })
