import { z } from 'zod'
import { frameType, straightened } from '../../../shared/contract/decode.ts'
import { characterName, optional, text, timestamp } from '../../../shared/contract/fields.ts'

/** The limit of what fits into a frame; real inventories are less than a tenth of it. */
const MAX_ITEMS = 100_000

/**
 * Everything a character holds, once at login. Items are read one by one (item.ts), so a bad item costs only itself.
 */
export const fullInventorySchema = z.object({
  character_name: characterName(),
  server: optional(text(64)),
  timestamp: optional(timestamp()),
  items: z.array(z.unknown()).max(MAX_ITEMS),
})
export type FullInventoryFrame = z.infer<typeof fullInventorySchema>

const names = { character_name: ['player_name'], items: ['Items', 'inventory'] }
export const fullInventory = frameType('full_inventory', fullInventorySchema, names, ['item_count'])
/** The older name of the same frame. */
export const inventory = frameType('inventory', fullInventorySchema, names, ['item_count'])

/** One item came, changed or left. */
export const inventoryDeltaSchema = z.object({
  character_name: characterName(),
  server: optional(text(64)),
  timestamp: optional(timestamp()),
  action: z.enum(['add', 'update', 'remove']),
  item: optional(z.unknown()),
  item_id: optional(z.int().min(-2_147_483_648).max(4_294_967_295)),
})
export type InventoryDeltaFrame = z.infer<typeof inventoryDeltaSchema>

const plainDelta = frameType('inventory_delta', inventoryDeltaSchema, {
  character_name: ['player_name'],
  action: ['op', 'change'],
  item_id: ['id', 'Id'],
})
export const inventoryDelta = straightened(plainDelta, inSmallLetters)

/** The same frame with its action as builds of today write it: `add` for `Add`, ` ADD`. */
function inSmallLetters(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...raw }
  for (const name of ['action', 'op', 'change']) {
    const action = result[name]
    if (typeof action === 'string') result[name] = action.trim().toLowerCase()
  }
  return result
}
