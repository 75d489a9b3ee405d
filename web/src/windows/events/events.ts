import { isLaterEvent } from '../../event/reading.ts'
import type { EventRowFragment } from './event-row.fragment.gen.ts'

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

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** What happened in words; the character is named beside it. */
export function describeEvent({ kind, detail }: Pick<EventLine, 'kind' | 'detail'>): string {
  switch (detail?.__typename) {
    case 'Rare':
      return `found ${detail.name}`
    case 'Alert':
      return detail.text
    case 'LevelGain':
      return `reached level ${detail.level}, from ${detail.previousLevel}`
    case 'QuestCompletion':
      return `completed ${detail.questName}`
    case 'InventoryBurst':
      return describeBurst(detail.addedCount, detail.removedCount)
    case 'CommandAudit':
      return `was sent ${detail.command} by ${detail.actor}: ${(detail.outcome ?? 'not answered').toLowerCase()}`
  }
  return PLAIN[kind] ?? 'has an event that is not kept any more'
}

const PLAIN: Partial<Record<EventLine['kind'], string>> = {
  CHARACTER_ARRIVED: 'began to play',
  CHARACTER_LEFT: 'fell silent',
  IDLE_ENDED: 'is active again',
  PLUGIN_CONNECTED: 'has a plugin connected',
  PLUGIN_DISCONNECTED: 'has no plugin connected any more',
  SERVER_DOWN: 'The game server does not answer.',
  SERVER_UP: 'The game server answers again.',
}

function describeBurst(added: number, removed: number): string {
  const parts = [added > 0 && `got ${plural(added, 'item')}`, removed > 0 && `lost ${plural(removed, 'item')}`]
  return parts.filter(Boolean).join(' and ') || 'changed its inventory'
}
