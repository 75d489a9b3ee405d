/** Up to which event somebody has read. */
export interface ReadMark {
  id: string
  /** When that event was received, by the server's clock; ISO 8601. */
  at: string
}

/** Whether an event comes after another: ids are whole numbers written as text, so the longer one is the later. */
export const isLaterEvent = (id: string, than: string): boolean =>
  id.length !== than.length ? id.length > than.length : id > than

/** The mark after reading `event`; marks never go back. */
export const moveMark = (mark: ReadMark | null, event: ReadMark): ReadMark =>
  mark === null || isLaterEvent(event.id, mark.id) ? { id: event.id, at: event.at } : mark

/** A stored mark, or null for anything else: what a browser stores is not trusted. */
export function readMark(stored: unknown): ReadMark | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { id, at } = stored as Record<string, unknown>
  if (typeof id !== 'string' || !/^\d{1,20}$/.test(id)) return null
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? { id, at } : null
}

/** The first moment after the mark, as ISO 8601. */
export const momentAfter = ({ at }: ReadMark): string => new Date(Date.parse(at) + 1).toISOString()
