// The paper doll: where each slot stands, and what is worn there.
import type { ItemSlot, SpellTier } from '../generated/types.ts'

const _ = null
export type DollRows = readonly (readonly (ItemSlot | null)[])[]
/**
 * Rows of five: under clothes on the left, armor and jewelry in the middle, what is wielded on the right, aetheria
 * below.
 */
export const dollRows: DollRows = [
  ['SHIRT', 'NECK', 'HEAD', 'TRINKET', 'MELEE_WEAPON'],
  ['UNDERWEAR_UPPER_ARMS', 'UPPER_ARMS', 'CHEST', 'CLOAK', 'SHIELD'],
  ['UNDERWEAR_LOWER_ARMS', 'LOWER_ARMS', 'ABDOMEN', 'HANDS', 'MISSILE_WEAPON'],
  ['UNDERWEAR_ABDOMEN', 'LEFT_WRIST', 'UPPER_LEGS', 'RIGHT_WRIST', 'AMMUNITION'],
  ['PANTS', 'LEFT_FINGER', 'LOWER_LEGS', 'RIGHT_FINGER', 'HELD'],
  ['UNDERWEAR_LOWER_LEGS', _, 'FEET', _, 'TWO_HANDED'],
  [_, 'BLUE_AETHERIA', 'YELLOW_AETHERIA', 'RED_AETHERIA', _],
]

/** What somebody wears, as the doll draws it. */
export interface Worn {
  id: string
  name: string | null
  fullName: string | null
  wornAt: readonly ItemSlot[]
  slots: readonly ItemSlot[]
  objectClass: number | null
  iconId: number | null
  tier: SpellTier | null
  armorLevel: number | null
}

/**
 * What a slot shows. Captured outfits have two pieces in one slot for a moment, while they are swapped: all are kept.
 */
export interface DollCell<I> {
  slot: ItemSlot
  worn: readonly I[]
  /** The first of its piece's cells, read left to right and down; the others only show that it covers them as well. */
  first: boolean
}

/** The doll's cells, row by row; null where nothing stands. A piece is in every slot it covers. */
export function dollOf<I extends { id: string; wornAt: readonly ItemSlot[] }>(
  items: readonly I[],
  rows: DollRows = dollRows,
): (DollCell<I> | null)[][] {
  const bySlot = new Map<ItemSlot, I[]>()
  for (const item of items)
    for (const slot of item.wornAt) {
      const there = bySlot.get(slot)
      if (there) there.push(item)
      else bySlot.set(slot, [item])
    }
  const seen = new Set<string>()
  return rows.map((row) =>
    row.map((slot) => {
      if (!slot) return null
      const worn = bySlot.get(slot) ?? []
      const first = worn.some(({ id }) => !seen.has(id))
      for (const { id } of worn) seen.add(id)
      return { slot, worn, first }
    }),
  )
}

/** The next cell that is one, in a direction; the same when there is none. */
export function stepOnDoll(
  [row, column]: readonly [number, number],
  key: string,
  rows: DollRows = dollRows,
): readonly [row: number, column: number] {
  const steps: Record<string, readonly [number, number]> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
  }
  const [down, right] = steps[key] ?? [0, 0]
  if (!down && !right) return [row, column]
  for (let r = row + down, c = column + right; rows[r]?.[c] !== undefined; r += down, c += right)
    if (rows[r]![c]) return [r, c]
  return [row, column]
}
