// Marks that people put on the map: who sees them, and that they changed.

/** Published after a mark was stored, changed or removed. */
export const MAP_MARKS_TOPIC = 'people.map-marks'

/** What decides who sees a mark. */
export interface MarkReach {
  ownerKind: string
  ownerId: string
  audience: 'EVERYONE' | 'OPERATORS' | 'ONLY_ME'
}

export interface MapMarkEvent {
  id: string
  /** Who saw it before; null for a new one. */
  before: MarkReach | null
}
