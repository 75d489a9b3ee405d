import type { WorldFrameView } from '../../../shared/contract/world-view.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'

export interface FrameRow extends WorldFrameView {
  id: string
  world: string
  seq: number
  at: string
}
export type FramePage = CountedPage<FrameRow>

/** A session, by its times. */
interface Span {
  startedAt: string
  usedAt: string
  endedAt: string | null
}

/** The frame of the last step is stored after the step. */
const AFTER = "interval '5 seconds'"
const WITHIN = `f.at >= $1::timestamptz and f.at <= $2::timestamptz + ${AFTER}`
const span = ({ startedAt, usedAt, endedAt }: Span): [string, string] => [startedAt, endedAt ?? usedAt]

/** A page of frames of the time of a session, in their order, one more than asked for when more follow. */
export async function listFrames(pool: Pool, session: Span, page: Page): Promise<FrameRow[]> {
  const after = readCursor(page.after, 1)?.[0] ?? null
  const { rows } = await pool.query<Omit<FrameRow, keyof WorldFrameView> & { view: WorldFrameView }>(
    `select f.id::text as id, f.world, f.seq, f.at, f.view from world_frames f
     where ${WITHIN} and ($3::bigint is null or f.id > $3) order by f.id limit $4`,
    [...span(session), after, page.first + 1],
  )
  return rows.map(({ view, ...row }) => ({ ...view, ...row }))
}

/** How many frames the time of a session has. */
export async function countFrames(pool: Pool, session: Span): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) from world_frames f where ${WITHIN}`,
    span(session),
  )
  return rows[0]!.count
}
