// Events of game sessions as they are stored and read.
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import type { GmEventKind } from '../generated/resolvers.ts'

export interface EventRow {
  id: string
  turnId: string | null
  kind: GmEventKind
  payload: unknown
  at: string
  traceId: string
}

export type EventPage = CountedPage<EventRow>

/** An event to store. */
export interface NewEvent {
  turnId: string | null
  kind: GmEventKind
  payload: Record<string, unknown>
  /** Who may see it; null for every member. */
  visibleTo?: readonly string[] | null
  traceId: string
}

/** Where the events of a session are announced, after they are stored. */
export const eventsTopic = (sessionId: string): string => `gm.events.${sessionId}`

export const isTerminal = (kind: GmEventKind): boolean => kind === 'COMPLETE' || kind === 'ERROR'

/** The columns of an event `e`. */
export const EVENT = 'e.id::text as id, e.turn_id as "turnId", e.kind, e.payload, e.at, e.trace as "traceId"'
/** Events of $1 that the member $2 may see. Who is no member sees none. */
export const VISIBLE = `from gm_events e join gm_members m on m.session_id = e.session_id and m.user_id = $2
  where e.session_id = $1 and (e.visible_to is null or $2 = any(e.visible_to))`

/** Which events somebody may see. */
export interface EventsOf {
  sessionId: string
  userId: string
}

/** A page of events, newest first; one more than asked for when more follow. */
export async function listEvents(pool: Pool, { sessionId, userId }: EventsOf, page: Page): Promise<EventRow[]> {
  const before = readCursor(page.after, 1)?.[0] ?? null
  const { rows } = await pool.query<EventRow>(
    `select ${EVENT} ${VISIBLE} and ($3::bigint is null or e.id < $3) order by e.id desc limit $4`,
    [sessionId, userId, before, page.first + 1],
  )
  return rows
}

/** Events that somebody may see since a moment, oldest first. */
export async function eventsSince(
  pool: Pool,
  { sessionId, userId }: EventsOf,
  since: Date,
  limit: number,
): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>(`select ${EVENT} ${VISIBLE} and e.at >= $3 order by e.id limit $4`, [
    sessionId,
    userId,
    since,
    limit,
  ])
  return rows
}

/** How many events somebody may see. */
export async function countEvents(pool: Pool, { sessionId, userId }: EventsOf): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*) ${VISIBLE}`, [sessionId, userId])
  return rows[0]!.count
}
