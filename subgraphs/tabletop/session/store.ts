// Game sessions and who is in them.
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import type { GmRole } from '../generated/resolvers.ts'

export interface SessionRow {
  id: string
  title: string
  sceneName: string
  scene: string
  mapNotes: string
  /** The viewer's. */
  role: GmRole
  createdAt: string
  usedAt: string
}

export type SessionPage = CountedPage<SessionRow>

export interface MemberRow {
  userId: string
  name: string
  role: GmRole
  joinedAt: string
  isHere: boolean
}

export type Reads = Pick<Pool, 'query'>

/** Sessions with the membership of $1. */
const SESSION = `s.id, s.title, s.scene_name as "sceneName", s.scene, s.map_notes as "mapNotes", m.role,
  s.created_at as "createdAt", s.used_at as "usedAt"
  from gm_sessions s join gm_members m on m.session_id = s.id and m.user_id = $1`

/** A person's sessions, last used first; one more than asked for when more follow. */
export async function listSessions(pool: Reads, userId: string, page: Page): Promise<SessionRow[]> {
  const [usedAt = null, id = null] = readCursor(page.after, 2) ?? []
  const { rows } = await pool.query<SessionRow>(
    `select ${SESSION}
     where $2::timestamptz is null or (date_trunc('milliseconds', s.used_at), s.id) < ($2, $3::uuid)
     order by date_trunc('milliseconds', s.used_at) desc, s.id desc limit $4`,
    [userId, usedAt, id, page.first + 1],
  )
  return rows
}

/** How many sessions a person is in. */
export async function countSessions(pool: Reads, userId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*) from gm_members where user_id = $1', [userId])
  return rows[0]!.count
}

/** A session as one of its members sees it. @throws NOT_FOUND for others */
export async function findSession(pool: Reads, userId: string, id: string): Promise<SessionRow> {
  const { rows } = await pool.query<SessionRow>(`select ${SESSION} where s.id = $2`, [userId, id])
  if (!rows[0]) throw fault('NOT_FOUND', 'There is no such session.')
  return rows[0]
}

/** Everybody in a session, the game master first. */
export async function listMembers(pool: Reads, sessionId: string): Promise<MemberRow[]> {
  const { rows } = await pool.query<MemberRow>(
    `select m.user_id as "userId", u.username as name, m.role, m.joined_at as "joinedAt",
       coalesce(m.seen_at > now() - interval '30 seconds', false) as "isHere"
     from gm_members m join users u on u.id = m.user_id where m.session_id = $1
     order by array_position(array['GM', 'PLAYER', 'SPECTATOR'], m.role), m.joined_at, u.username`,
    [sessionId],
  )
  return rows
}

/** What somebody is in a session; null for nobody. */
export async function roleIn(pool: Reads, sessionId: string, userId: string): Promise<GmRole | null> {
  const { rows } = await pool.query<{ role: GmRole }>(
    'select role from gm_members where session_id = $1 and user_id = $2',
    [sessionId, userId],
  )
  return rows[0]?.role ?? null
}
