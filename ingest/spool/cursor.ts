import type { Client, Pool } from '../../shared/db/pool.ts'
import type { Position } from './segments.ts'

/** Somebody else moved the cursor: what we were about to store is stored already, or about to be. */
export class CursorMoved extends Error {}

/** How far the database has this spool; `first` for a database that never heard of it. */
export async function readCursor(pool: Pool, spoolId: string, first: Position): Promise<Position> {
  const { rows } = await pool.query<{ segment: number; position: number }>(
    `with made as (insert into spool_cursors (spool_id, segment, position) values ($1, $2, $3) on conflict do nothing
      returning segment, position)
     select segment, position from made union all select segment, position from spool_cursors where spool_id = $1`,
    [spoolId, first.segment, first.offset],
  )
  return { segment: rows[0]!.segment, offset: rows[0]!.position }
}

/**
 * Moves the cursor within the batch's transaction, from where it is believed to be. A commit that was lost on the way,
 * or a connection of a process that died, may have moved it: then nothing of this batch may be stored.
 */
export async function moveCursor(client: Client, spoolId: string, from: Position, to: Position): Promise<void> {
  const { rowCount } = await client.query({
    name: 'move cursor',
    text: `update spool_cursors set segment = $4, position = $5, moved_at = now()
      where spool_id = $1 and segment = $2 and position = $3`,
    values: [spoolId, from.segment, from.offset, to.segment, to.offset],
  })
  if (rowCount !== 1) throw new CursorMoved('the cursor of this spool is not where it was left')
}
