/** Where a call of a tool within a turn of a game is published, after it is stored. */
export const GAME_CALLS_TOPIC = 'gm.calls'

/** Where it is published that a turn of a game ended. */
export const GAME_ENDED_TOPIC = 'gm.turns.ended'

/** A call as it is published. */
export interface PublishedGameCall {
  turnId: string
  callId: string
  tool: string
  arguments: unknown
  /** What it gave, or why it failed. */
  result: unknown
  ok: boolean
  /** When it was stored, ISO 8601. */
  at: string
}
