import { Type, type Static } from 'typebox'
import { frameType } from '../decode.ts'
import { characterName, int, optional, real, timestamp } from '../fields.ts'

/** Health, stamina, mana and vitae, on change. Percentages may stand alone. */
export const vitalsSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  health_current: optional(int()),
  health_max: optional(int()),
  health_percentage: optional(real()),
  stamina_current: optional(int()),
  stamina_max: optional(int()),
  stamina_percentage: optional(real()),
  mana_current: optional(int()),
  mana_max: optional(int()),
  mana_percentage: optional(real()),
  vitae: optional(real()),
})
export type VitalsFrame = Static<typeof vitalsSchema>

export const vitals = frameType('vitals', vitalsSchema, {
  character_name: ['player_name'],
  health_percentage: ['health_pct', 'health'],
  stamina_percentage: ['stamina_pct', 'stamina'],
  mana_percentage: ['mana_pct', 'mana'],
})
