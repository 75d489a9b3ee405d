import { clientMomentText, orderMoment } from '../../../shared/contract/fields.ts'
import { countdownSeconds, type QuestFrame } from './shape.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { QuestRows } from './rows.ts'

/** QST1: a countdown becomes the moment it ends, by our clock: the client's may be wrong by any amount. */
export function onQuest(frame: QuestFrame, { now, receivedAt }: HandlerContext): Outcome<QuestRows> {
  const seconds = countdownSeconds(frame.countdown)
  const row = {
    character: frame.character_name,
    name: frame.quest_name,
    countdown: frame.countdown?.trim() || null,
    readyAt: seconds === null ? null : new Date(now.getTime() + seconds * 1000).toISOString(),
    clientAt: orderMoment(clientMomentText(frame.timestamp, now, receivedAt), receivedAt),
    receivedAt,
  }
  return keep([{ table: 'quests', row }])
}
