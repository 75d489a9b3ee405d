import { unsignedId } from '../../../shared/contract/fields.ts'
import type { InventoryDeltaFrame } from './shape.ts'
import { readItem } from './item.ts'
import { Left } from '../../../shared/contract/left.ts'
import { drop, keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { InventoryRows } from './rows.ts'

export function onInventoryDelta(
  frame: InventoryDeltaFrame,
  { receivedAt, server }: HandlerContext,
): Outcome<InventoryRows> {
  const character = frame.character_name
  const place = frame.server ?? server
  const left = new Left()
  const item = frame.item === undefined ? null : readItem(frame.item, left)
  const whole = item && !('reason' in item) ? item : null

  if (frame.action === 'remove') {
    const gameId = frame.item_id === undefined ? whole?.gameId : unsignedId(frame.item_id)
    if (gameId === undefined) return drop('/item_id', 'is missing')
    return keep([{ table: 'inventory', row: { character, receivedAt, server: place, kind: 'take', gameId } }])
  }
  if (!whole) return drop('/item', item && 'reason' in item ? item.reason : 'is missing')
  const row = { character, receivedAt, server: place, kind: 'put', items: [whole] } as const
  return keep([{ table: 'inventory', row }], [], { dropped: left.dropped, unknown: left.unknownNames })
}
