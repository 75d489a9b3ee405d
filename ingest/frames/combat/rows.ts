import type { CombatSnapshot } from '../../../shared/contract/combat.ts'
import type { RowBase } from '../../rows/row.ts'

export interface CombatRow extends RowBase {
  character: string
  at: string
  /** Null when the frame names none. */
  sessionId: string | null
  snapshot: CombatSnapshot
}
export interface CombatRows {
  table: 'combat_sessions'
  row: CombatRow
}
