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
 * The past that is stored or was begun. A database without any frame begins one at `start`; one with frames and without
 * a past has none, because what it holds was received.
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

/** Figures of a character, as they were reported last. */
export interface LastReported {
  totalXp: number | null
  luminanceEarned: number | null
  deaths: number | null
  vitae: number | null
}

/** What was reported last of every character, by name. */
export async function lastReported(pool: Pool): Promise<[string, LastReported][]> {
  const { rows } = await pool.query<LastReported & { name: string }>(
    `select c.name, s.total_xp as "totalXp", s.luminance_earned as "luminanceEarned", s.deaths, v.vitae
     from characters c
     left join character_sheets s on s.character_id = c.id
     left join latest_vitals v on v.character_id = c.id
     order by c.name limit 1000`,
  )
  return rows.map(({ name, ...figures }) => [name, figures])
}

/** From where the past is stored, to a later moment. */
export const cursorMove = ({ start, end }: StoredPast, to: number): CursorMove => ({
  spoolId: SPOOL_ID,
  from: { segment: start, offset: end - start },
  to: { segment: start, offset: to - start },
})
