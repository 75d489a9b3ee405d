import type { CombatStatsFrame } from '../../shared/contract/frames/combat-stats.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

/** The plugin sends its whole session each time: the newest snapshot replaces the one before. */
export function onCombatStats(frame: CombatStatsFrame, { receivedAt }: Around): Outcome {
  const row = {
    character: frame.character_name,
    receivedAt,
    sessionId: frame.session_id ?? '',
    snapshot: frame.session,
  }
  return keep([{ table: 'combat_sessions', row }])
}
