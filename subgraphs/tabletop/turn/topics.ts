// What processes of the tabletop publish of turns. Each message says only where to look.

import { GAME_ENDED_TOPIC } from '../../../shared/contract/game.ts'

/** A turn began. */
export const BEGUN_TOPIC = 'gm.turns.begun'
/** A turn ended. */
export const ENDED_TOPIC = GAME_ENDED_TOPIC

/** Which turn a message is about. */
export interface TurnMessage {
  turnId: string
  sessionId: string
  /** Of ENDED_TOPIC: who subscribes to both distinguishes them by it. */
  isEnd?: true
}
