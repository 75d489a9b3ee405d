// Rows of the assistant's tables as the resolvers pass them on.
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import type { AssistantEventKind } from '../generated/resolvers.ts'

export interface SessionRow {
  id: string
  title: string
  createdAt: string
  usedAt: string
}

export interface TurnRow {
  id: string
  sessionId: string
  message: string
  askedAt: string
  endedAt: string | null
}

export interface EventRow {
  id: string
  turnId: string
  seq: number
  kind: AssistantEventKind
  payload: unknown
  at: string
  trace: string
}

type Reads = Pick<Pool, 'query'>

/** What a session is read by. */
export const SESSION = 'id, title, created_at as "createdAt", used_at as "usedAt"'
/** What a turn is read by. */
export const TURN = 'id, session_id as "sessionId", message, asked_at as "askedAt", ended_at as "endedAt"'
/** What an event is read by. */
export const EVENT = 'id::text as id, turn_id as "turnId", seq, kind, payload, at, trace'

interface Rows<R> {
  rows: R[]
  totalCount: number
}

/** A person's sessions, last used first; one more than asked for when more follow. */
export async function listSessions(pool: Reads, userId: string, page: Page): Promise<Rows<SessionRow>> {
  const [usedAt = null, id = null] = readCursor(page.after, 2) ?? []
  const [rows, count] = await Promise.all([
    pool.query<SessionRow>(
      `select ${SESSION} from assistant_sessions where user_id = $1
         and ($2::timestamptz is null or (date_trunc('milliseconds', used_at), id) < ($2, $3::uuid))
       order by date_trunc('milliseconds', used_at) desc, id desc limit $4`,
      [userId, usedAt, id, page.first + 1],
    ),
    pool.query<{ count: number }>('select count(*) from assistant_sessions where user_id = $1', [userId]),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** One session that is there: whose it is was asked before. @throws NOT_FOUND when it went meanwhile */
export async function findSession(pool: Reads, id: string): Promise<SessionRow> {
  const { rows } = await pool.query<SessionRow>(`select ${SESSION} from assistant_sessions where id = $1`, [id])
  if (!rows[0]) throw fault('NOT_FOUND', 'There is no such session.')
  return rows[0]
}

/** The turns of a session, newest first; one more than asked for when more follow. */
export async function listTurns(pool: Reads, sessionId: string, page: Page): Promise<Rows<TurnRow>> {
  const [askedAt = null, id = null] = readCursor(page.after, 2) ?? []
  const [rows, count] = await Promise.all([
    pool.query<TurnRow>(
      `select ${TURN} from assistant_turns where session_id = $1
         and ($2::timestamptz is null or (date_trunc('milliseconds', asked_at), id) < ($2, $3::uuid))
       order by date_trunc('milliseconds', asked_at) desc, id desc limit $4`,
      [sessionId, askedAt, id, page.first + 1],
    ),
    pool.query<{ count: number }>('select count(*) from assistant_turns where session_id = $1', [sessionId]),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** The events of a turn, in their order. */
export async function eventsOfTurn(pool: Reads, turnId: string): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>(`select ${EVENT} from assistant_events where turn_id = $1 order by seq`, [
    turnId,
  ])
  return rows
}

/** The events of a session after an id, in their order: at most so many. */
export async function eventsAfter(pool: Reads, sessionId: string, after: bigint, most: number): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>(
    `select ${EVENT} from assistant_events where session_id = $1 and id > $2 order by assistant_events.id limit $3`,
    [sessionId, String(after), most],
  )
  return rows
}
