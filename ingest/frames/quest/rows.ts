import type { QuestEvent } from '../../../shared/contract/topics.ts'

export interface QuestRows {
  table: 'quests'
  row: QuestEvent
}
