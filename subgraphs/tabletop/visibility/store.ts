// The visibility table of a session: the rows of the rules, and those that its game master replaced.
import {
  visibilityTable,
  type Visibility,
  type VisibilityRow,
  type VisibilityTable,
} from '../../../shared/world/tabletop/visibility.ts'
import type { Reads } from '../session/store.ts'

/** The rows that a game master replaced. */
export type ReplacedRows = Partial<Record<Visibility, VisibilityRow>>

/** The rows that were replaced in a session; null for none. */
export async function replacedRows(pool: Reads, sessionId: string): Promise<ReplacedRows | null> {
  const { rows } = await pool.query<{ visibility: ReplacedRows | null }>(
    'select visibility from gm_sessions where id = $1',
    [sessionId],
  )
  return rows[0]?.visibility ?? null
}

/** The table that is played with. */
export const tableWith = (replaced: ReplacedRows | null): VisibilityTable => ({ ...visibilityTable, ...replaced })
