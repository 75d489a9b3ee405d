/** Where the events of a session of the assistant are published, after they are stored. */
export const eventsTopic = (sessionId: string): string => `assistant.events.${sessionId}`

/** The events of all sessions. */
export const ALL_EVENTS_TOPIC = eventsTopic('*')

/** What is published of an event: the row as it is stored. */
export interface PublishedTurnEvent {
  turnId: string
  kind: string
  payload: unknown
  /** When it was stored, ISO 8601. */
  at: string
}
