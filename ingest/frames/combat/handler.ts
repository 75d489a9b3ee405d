import { clientMomentText, orderMoment } from '../../../shared/contract/fields.ts'
import type { CombatStatsFrame } from './shape.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { CombatRows } from './rows.ts'
import type { TallyRows } from '../telemetry/rows.ts'

/** The plugin sends its whole session each time: the newest snapshot replaces the one before. */
export function onCombatStats(
  frame: CombatStatsFrame,
  { now, receivedAt }: HandlerContext,
): Outcome<CombatRows | TallyRows> {
  const row = {
    character: frame.character_name,
    at: orderMoment(clientMomentText(frame.timestamp, now, receivedAt), receivedAt),
    receivedAt,
    sessionId: frame.session_id || null,
    snapshot: frame.session,
  }
  if (row.sessionId !== null) return keep([{ table: 'combat_sessions', row }])
  // CMB5: older builds name no session; it is the one the character plays.
  return keep([
    { table: 'combat_sessions', row },
    { table: 'tallies', row: { character: row.character, receivedAt, asks: row } },
  ])
}
