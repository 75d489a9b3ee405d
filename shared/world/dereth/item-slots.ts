// Where things are worn: the bits of the equip mask, the lowest first.

const table = [
  ['HEAD', 'Head', 'armor'],
  ['SHIRT', 'Shirt (chest)', 'underwear'],
  ['UNDERWEAR_ABDOMEN', 'Underwear abdomen', 'underwear'],
  ['UNDERWEAR_UPPER_ARMS', 'Shirt upper arms', 'underwear'],
  ['UNDERWEAR_LOWER_ARMS', 'Shirt lower arms', 'underwear'],
  ['HANDS', 'Hands', 'armor'],
  ['PANTS', 'Pants (upper legs)', 'underwear'],
  ['UNDERWEAR_LOWER_LEGS', 'Pants lower legs', 'underwear'],
  ['FEET', 'Feet', 'armor'],
  ['CHEST', 'Chest', 'armor'],
  ['ABDOMEN', 'Abdomen', 'armor'],
  ['UPPER_ARMS', 'Upper arms', 'armor'],
  ['LOWER_ARMS', 'Lower arms', 'armor'],
  ['UPPER_LEGS', 'Upper legs', 'armor'],
  ['LOWER_LEGS', 'Lower legs', 'armor'],
  ['NECK', 'Necklace', 'jewelry'],
  ['LEFT_WRIST', 'Left bracelet', 'jewelry'],
  ['RIGHT_WRIST', 'Right bracelet', 'jewelry'],
  ['LEFT_FINGER', 'Left ring', 'jewelry'],
  ['RIGHT_FINGER', 'Right ring', 'jewelry'],
  ['MELEE_WEAPON', 'Melee weapon', 'weapon'],
  ['SHIELD', 'Shield / off hand', 'weapon'],
  ['MISSILE_WEAPON', 'Missile weapon', 'weapon'],
  ['AMMUNITION', 'Ammunition', 'weapon'],
  ['HELD', 'Wand / held', 'weapon'],
  ['TWO_HANDED', 'Two-handed weapon', 'weapon'],
  ['TRINKET', 'Trinket', 'jewelry'],
  ['CLOAK', 'Cloak', 'cloak'],
  ['BLUE_AETHERIA', 'Blue aetheria', 'aetheria'],
  ['YELLOW_AETHERIA', 'Yellow aetheria', 'aetheria'],
  ['RED_AETHERIA', 'Red aetheria', 'aetheria'],
] as const

export type ItemSlot = (typeof table)[number][0]

/** Slots in the order of their bits. */
export const ITEM_SLOTS: readonly ItemSlot[] = table.map(([slot]) => slot)
const bits = new Map<string, number>(table.map(([slot], place) => [slot, 2 ** place]))
const labels = new Map<string, string>(table.map(([slot, label]) => [slot, label]))

/** The mask of these slots together. */
export const maskOf = (slots: readonly ItemSlot[]): number =>
  [...new Set(slots)].reduce((mask, slot) => mask + bits.get(slot)!, 0)

/** The slots of a mask; bits we have no name for are left out. */
export function slotsOf(mask: number | null | undefined): ItemSlot[] {
  if (!mask) return []
  return ITEM_SLOTS.filter((_, place) => Math.floor(mask / 2 ** place) % 2 === 1)
}

/** `Left bracelet` for LEFT_WRIST. */
export const slotLabel = (slot: ItemSlot): string => labels.get(slot)!

/** A mask in words: `Chest, Abdomen`; the bare number as text where no bit has a name. */
export function slotText(mask: number): string {
  const slots = slotsOf(mask)
  return slots.length ? slots.map(slotLabel).join(', ') : String(mask)
}
