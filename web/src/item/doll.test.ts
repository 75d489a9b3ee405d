import { describe, expect, it } from 'vitest'
import { ITEM_SLOTS } from '../../../shared/world/dereth/item-slots.ts'
import type { ItemSlot } from '../generated/types.ts'
import { dollOf, dollRows, stepOnDoll } from './doll.ts'

const slots = dollRows.flat().filter((slot) => slot !== null)
const worn = (id: string, ...wornAt: ItemSlot[]) => ({ id, wornAt })
const cellsWith = (id: string, items: ReturnType<typeof worn>[]) =>
  dollOf(items)
    .flat()
    .filter((cell) => cell?.worn.some((one) => one.id === id))

describe('the paper doll', () => {
  it('has every wearable slot exactly once', () => {
    expect([...slots].sort()).toEqual([...ITEM_SLOTS].sort())
  })
  it('shows a piece in all slots it covers, and says which comes first', () => {
    const cells = cellsWith('hauberk', [worn('hauberk', 'CHEST', 'UPPER_ARMS', 'LOWER_ARMS'), worn('helm', 'HEAD')])
    expect(cells.map((cell) => cell!.slot).sort()).toEqual(['CHEST', 'LOWER_ARMS', 'UPPER_ARMS'])
    expect(cells.filter((cell) => cell!.first)).toHaveLength(1)
  })
  it('keeps both of two pieces reported at one slot, as they are for a moment while swapped', () => {
    const [cell] = cellsWith('a', [worn('a', 'HEAD'), worn('b', 'HEAD')])
    expect(cell!.worn.map(({ id }) => id)).toEqual(['a', 'b'])
  })
  it('leads the keys over gaps, and stops at its edges', () => {
    expect(stepOnDoll([0, 2], 'ArrowRight')).toEqual([0, 3])
    expect(stepOnDoll([5, 2], 'ArrowRight')).toEqual([5, 4])
    expect(stepOnDoll([4, 1], 'ArrowDown')).toEqual([6, 1])
    expect(stepOnDoll([0, 0], 'ArrowUp')).toEqual([0, 0])
    expect(stepOnDoll([5, 0], 'ArrowDown')).toEqual([5, 0])
  })
})
