import { z } from 'zod'
import { frameType, straightened } from '../../../shared/contract/decode.ts'
import { characterName, int, optional, real, timestamp } from '../../../shared/contract/fields.ts'
import { toNumber } from '../../../shared/contract/numbers.ts'

/** Health, stamina, mana and vitae, on change. Percentages may stand alone. */
export const vitalsSchema = z.object({
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
export type VitalsFrame = z.infer<typeof vitalsSchema>

const plain = frameType('vitals', vitalsSchema, {
  character_name: ['player_name'],
  health_percentage: ['health_pct', 'health'],
  stamina_percentage: ['stamina_pct', 'stamina'],
  mana_percentage: ['mana_pct', 'mana'],
})

export const vitals = straightened(plain, inPoints)

/**
 * VIT1: `health` without a maximum is a percentage as a rule, but above 100 it can only be points; where the maximum is
 * sent too, the percentage follows from both.
 */
function inPoints(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...raw }
  for (const vital of ['health', 'stamina', 'mana']) {
    const reported = toNumber(raw[vital])
    if (reported === undefined || reported <= 100 || (toNumber(raw[`${vital}_max`]) ?? 0) <= 0) continue
    result[`${vital}_current`] ??= reported
    delete result[vital]
  }
  return result
}
