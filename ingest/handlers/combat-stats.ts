import { clientMomentText, orderMoment } from '../../shared/contract/fields.ts'
import type { CombatStatsFrame } from '../../shared/contract/frames/combat-stats.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

/** The plugin sends its whole session each time: the newest snapshot replaces the one before. */
export function onCombatStats(frame: CombatStatsFrame, { now, receivedAt }: Around): Outcome {
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
