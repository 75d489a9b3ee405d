import { isLaterEvent } from '../../event/reading.ts'
import type { EventRowFragment } from './event-row.fragment.gen.ts'
import { texts } from './messages.ts'

export type EventLine = EventRowFragment

/** Joins events by their ids, newest first, each once; at most `limit` of the newest. */
export function joinEvents(known: readonly EventLine[], received: readonly EventLine[], limit: number): EventLine[] {
  const all = new Map([...known, ...received].map((event) => [event.id, event]))
  return [...all.values()].sort((a, b) => (isLaterEvent(a.id, b.id) ? -1 : 1)).slice(0, limit)
}

/** A line of the list: an event, or the divider above the first one that had been read before. */
export type ListLine = { id: string; event: EventLine } | { id: 'divider'; unread: number }

/** The events, newest first, with a divider where the viewer left; none while its place is not known. */
export function withDivider(events: readonly EventLine[], leftAt: string | null): ListLine[] {
  const lines: ListLine[] = events.map((event) => ({ id: event.id, event }))
  const unread = leftAt === null ? 0 : events.findIndex(({ id }) => !isLaterEvent(id, leftAt))
  if (unread > 0) lines.splice(unread, 0, { id: 'divider', unread })
  return lines
}

/** What happened in words; the character is named beside it. */
export function describeEvent({ kind, detail }: Pick<EventLine, 'kind' | 'detail'>): string {
  switch (detail?.__typename) {
    case 'Rare':
      return texts.found(detail.name)
    case 'Alert':
      return detail.text
    case 'LevelGain':
      return texts.reachedLevelFrom(detail.level, detail.previousLevel)
    case 'QuestCompletion':
      return texts.completed(detail.questName)
    case 'InventoryBurst':
      return describeBurst(detail.addedCount, detail.removedCount)
    case 'CommandAudit':
      return texts.wasSentBy(detail.command, detail.actor, (detail.outcome ?? texts.notAnswered).toLowerCase())
  }
  return (texts.plainEvents as Partial<Record<EventLine['kind'], string>>)[kind] ?? texts.hasAnEventThatIs
}

function describeBurst(added: number, removed: number): string {
  if (added > 0 && removed > 0) return texts.gotAndLost(added, removed)
  return added > 0 ? texts.got(added) : removed > 0 ? texts.lost(removed) : texts.changedItsInventory
}
