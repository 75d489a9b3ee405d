import { frame, frameModule } from '../frame-module.ts'
import { alsoRelayed } from '../relayed.ts'
import { onQuest } from './handler.ts'
import type { QuestRows } from './rows.ts'
import { quest } from './shape.ts'
import { writeQuests } from './writer.ts'

export const questModule = frameModule<QuestRows>([frame(quest, alsoRelayed('quest', onQuest))], {
  quests: { write: writeQuests },
})
