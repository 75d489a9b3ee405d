import { wellFormed } from '../../../shared/contract/json-value.ts'
import type { FullInventoryFrame } from './shape.ts'
import { readItem, type Item } from './item.ts'
import { Left } from '../../../shared/contract/left.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import { deadLetter, type Row } from '../../rows/row.ts'
import { isTooDeep } from '../relayed.ts'

/** Of one frame's bad items so many are kept for study, so much of each; all are counted. */
const MAX_LETTERS = 20
const EXCERPT = 1_024

/**
 * Decides which items a character holds. A bad item costs only itself: it is counted and lies with the dead letters. Of
 * twins the last one counts.
 */
export function onFullInventory(frame: FullInventoryFrame, { receivedAt, server }: HandlerContext): Outcome {
  const items = new Map<number, Item>()
  const left = new Left()
  const counted: string[] = []
  const letters: Row[] = []
  const { character_name: character } = frame
  for (const [nth, raw] of frame.items.entries()) {
    const item = readItem(raw, left, 'items/*')
    if (!('reason' in item)) {
      items.set(item.gameId, item)
      continue
    }
    counted.push('bad_item')
    if (letters.length >= MAX_LETTERS) continue
    const about = { type: 'full_inventory', character, path: `/items/${nth}`, reason: item.reason }
    letters.push(deadLetter({ receivedAt, ...about, frame: excerpt(raw) }))
  }
  const row = {
    kind: 'full',
    character,
    receivedAt,
    server: frame.server ?? server,
    items: [...items.values()],
  } as const
  return keep([{ table: 'inventory', row }, ...letters], [], {
    counted,
    dropped: left.dropped,
    unknown: left.unknownNames,
  })
}

const excerpt = (raw: unknown): string =>
  isTooDeep(raw) ? 'nested too deep' : wellFormed(JSON.stringify(raw).slice(0, EXCERPT))
