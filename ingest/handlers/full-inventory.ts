import type { FullInventoryFrame } from '../../shared/contract/frames/inventory.ts'
import { readItem, type Item } from '../../shared/contract/frames/item.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

/** Decides which items a character holds. A bad item is counted and costs only itself; of twins the last one counts. */
export function onFullInventory(frame: FullInventoryFrame, { receivedAt, server }: Around): Outcome {
  const items = new Map<number, Item>()
  const counted: string[] = []
  for (const raw of frame.items) {
    const item = readItem(raw)
    if ('reason' in item) counted.push('bad_item')
    else items.set(item.gameId, item)
  }
  const row = {
    kind: 'full',
    character: frame.character_name,
    receivedAt,
    server: frame.server ?? server,
    items: [...items.values()],
  } as const
  return keep([{ table: 'inventory', row }], [], counted)
}
