import type { ChatEvent } from '../../../shared/contract/topics.ts'

export interface ChatRows {
  table: 'chat'
  row: ChatEvent
}
