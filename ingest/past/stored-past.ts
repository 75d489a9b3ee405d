// How much of a demo's past a database has: the cursor of a spool of its own, moved with every part that is stored.
import type { Pool } from '../../shared/db/pool.ts'
import type { CursorMove } from '../writer/batch.ts'

const SPOOL_ID = '6d0d8a52-70a5-4f0e-9d0c-2f6f6f1c7a10'

/** A past, in milliseconds since 1970. */
export interface StoredPast {
  start: number
  /** As far as it is stored. */
  end: number
}

/**
 * The past that is stored or was begun. A database without any frame begins one at `start`; one with frames and
 * without a
 * past has none, because what it holds was received.
 */
export async function storedPast(pool: Pool, start: number): Promise<StoredPast | null> {
  const { rows } = await pool.query<{ start: number; reached: number }>(
    `with begun as (insert into spool_cursors (spool_id, segment, position) select $1, $2, 0
        where not exists (select from characters) on conflict do nothing returning segment, position)
     select segment as start, position as reached from begun
     union all select segment, position from spool_cursors where spool_id = $1`,
    [SPOOL_ID, start],
  )
  const past = rows[0]
  return past ? { start: past.start, end: past.start + past.reached } : null
}

/** From where the past is stored, to a later moment. */
export const cursorMove = ({ start, end }: StoredPast, to: number): CursorMove => ({
  spoolId: SPOOL_ID,
  from: { segment: start, offset: end - start },
  to: { segment: start, offset: to - start },
})
