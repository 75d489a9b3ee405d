// What processes of the guild tell each other of the assistant. Each message says only where to look.

/** Somebody asked something. */
export const ASKED_TOPIC = 'assistant.asked'
/** An answer ended. */
export const ENDED_TOPIC = 'assistant.ended'

/** Which turn a message is about. */
export interface TurnMessage {
  turnId: string
  sessionId: string
  /** Of ENDED_TOPIC: somebody who hears both tells them apart by it. */
  isEnd?: true
}
