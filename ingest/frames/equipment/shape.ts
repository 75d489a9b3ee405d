import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, optional, timestamp } from '../../../shared/contract/fields.ts'
import { WORN_ITEMS } from '../../../shared/contract/worn-items.ts'

/** Mana and spells of what a character wears. The items are read one by one: a bad one costs only itself. */
export const equipmentSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  items: optional(z.unknown()),
})
export type EquipmentFrame = z.infer<typeof equipmentSchema>

export const equipmentCantripState = frameType('equipment_cantrip_state', equipmentSchema, {
  character_name: ['player_name'],
  items: WORN_ITEMS.slice(1),
})
