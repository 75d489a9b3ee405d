import type { ChatEvent } from '../../../shared/contract/topics.ts'

export interface ChatRow extends ChatEvent {
  /** The game server it was printed on. */
  server: string
}

export interface ChatRows {
  table: 'chat'
  row: ChatRow
}
