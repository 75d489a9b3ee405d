import { Type, type Static } from 'typebox'
import { frameType, straightened } from '../../../shared/contract/decode.ts'
import { characterName, optional, text, timestamp } from '../../../shared/contract/fields.ts'

/** The limit of what fits into a frame; real inventories are less than a tenth of it. */
const MAX_ITEMS = 100_000

/**
 * Everything a character holds, once at login. Items are read one by one (item.ts), so a bad item costs only itself.
 */
export const fullInventorySchema = Type.Object({
  character_name: characterName(),
  server: optional(text(64)),
  timestamp: optional(timestamp()),
  items: Type.Array(Type.Unknown(), { maxItems: MAX_ITEMS }),
})
export type FullInventoryFrame = Static<typeof fullInventorySchema>

const names = { character_name: ['player_name'], items: ['Items', 'inventory'] }
export const fullInventory = frameType('full_inventory', fullInventorySchema, names, ['item_count'])
/** The older name of the same frame. */
export const inventory = frameType('inventory', fullInventorySchema, names, ['item_count'])

/** One item came, changed or left. */
export const inventoryDeltaSchema = Type.Object({
  character_name: characterName(),
  server: optional(text(64)),
  timestamp: optional(timestamp()),
  action: Type.String({ pattern: '^(add|update|remove)$' }),
  item: optional(Type.Unknown()),
  item_id: optional(Type.Integer({ minimum: -2_147_483_648, maximum: 4_294_967_295 })),
})
export type InventoryDeltaFrame = Static<typeof inventoryDeltaSchema>

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
