import { slotLabel } from '../../../shared/world/dereth/item-slots.ts'
import type { ItemSlot } from '../generated/types.ts'
import { texts } from './messages.ts'

/** Where an item was, in words; a pack without a name is shown by its id. */
export function stayPlace(
  stay: { containerId: number | null; wornAt: readonly ItemSlot[] },
  packNames?: ReadonlyMap<number, string>,
): string {
  if (stay.wornAt.length > 0) return texts.wornAtPlaces(stay.wornAt.map(slotLabel).join(', ').toLowerCase())
  if (!stay.containerId) return texts.mainPack
  // Ids of players begin with 5, those of things with 8 and up: a player's own id is its main pack.
  if (stay.containerId < 0x80000000) return texts.mainPack
  return packNames?.get(stay.containerId) ?? texts.pack(stay.containerId)
}
