import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, int, optional, text, timestamp, whole } from '../../../shared/contract/fields.ts'

const byName = <S extends z.ZodType>(value: S) => z.record(z.string(), value)

/**
 * The character sheet, at login and every ten minutes. The whole frame is kept beside it, and attributes, vitals and
 * skills are read from there: they are described so that what cannot be read of them is counted.
 */
export const characterStatsSchema = z.object({
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
  attributes: optional(byName(z.object({ base: optional(int()), creation: optional(int()) }))),
  vitals: optional(byName(z.object({ base: optional(int()), creation: optional(int()) }))),
  skills: optional(byName(z.object({ base: optional(int()), training: optional(text(32)) }))),
})
export type CharacterStatsFrame = z.infer<typeof characterStatsSchema>

const ALLEGIANCE = ['allegiance', 'rank', 'followers', 'monarch', 'patron', 'vassals']
const KEPT_RAW = [...ALLEGIANCE, 'properties', 'titles', 'current_title', 'augmentations']
export const characterStats = frameType(
  'character_stats',
  characterStatsSchema,
  { character_name: ['player_name'] },
  KEPT_RAW,
)
