// Who is in a game session: invitations, joining, leaving.
import { randomBytes, randomUUID } from 'node:crypto'
import { sha256 } from '../../../shared/auth/secrets.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import { mustBeUuid } from '../context.ts'
import type { GmRole } from '../generated/resolvers.ts'
import type { SessionWriter } from './write-session.ts'
import { writeSession } from './write-session.ts'

const MAX_MEMBERS = 50
const MAX_INVITES = 20
const CODE_BYTES = 16

/** Makes a code, which is stored as a hash. @throws BAD_USER_INPUT for the role GM, or too many codes */
export async function invite(context: Context, sessionId: string, role: GmRole) {
  if (role === 'GM') throw fault('BAD_USER_INPUT', 'A session has one game master: invite players or spectators.')
  const code = randomBytes(CODE_BYTES).toString('base64url')
  return writeSession(context, sessionId, async ({ client }) => {
    await client.query('delete from gm_invites where session_id = $1 and ends_at < now()', [sessionId])
    const { rows } = await client.query<{ count: number }>('select count(*) from gm_invites where session_id = $1', [
      sessionId,
    ])
    if (rows[0]!.count >= MAX_INVITES)
      throw fault('BAD_USER_INPUT', `A session has at most ${MAX_INVITES} codes: use one of those, or wait a week.`)
    const made = await client.query<{ endsAt: string }>(
      `insert into gm_invites (code_hash, session_id, role, ends_at) values ($1, $2, $3, now() + interval '7 days')
       returning ends_at as "endsAt"`,
      [sha256(code), sessionId, role],
    )
    return { result: { code, endsAt: made.rows[0]!.endsAt } }
  })
}

/** Joins by a code; gives the session's id. @throws NOT_FOUND, TOO_MANY_TRIES, BAD_USER_INPUT for a full session */
export async function join(context: Context, code: string): Promise<string> {
  const { pool, viewer, rateLimits } = context
  if (!(await rateLimits.joins.take(viewer.id))) throw fault('TOO_MANY_TRIES', 'You tried too many codes.')
  const { rows } = await pool.query<{ sessionId: string; role: GmRole }>(
    'select session_id as "sessionId", role from gm_invites where code_hash = $1 and ends_at > now()',
    [sha256(code)],
  )
  if (!rows[0]) throw fault('NOT_FOUND', 'This code is not known, or has ended.')
  const { sessionId, role } = rows[0]
  return writeSession(context, sessionId, async (session) => {
    const { client } = session
    const members = await client.query<{ count: number }>('select count(*) from gm_members where session_id = $1', [
      sessionId,
    ])
    if (members.rows[0]!.count >= MAX_MEMBERS)
      throw fault('BAD_USER_INPUT', `A session has at most ${MAX_MEMBERS} members.`)
    const { rowCount } = await client.query(
      'insert into gm_members (session_id, user_id, role) values ($1, $2, $3) on conflict do nothing',
      [sessionId, viewer.id, role],
    )
    if (rowCount) addPresence(session, { name: viewer.name, role, joined: true })
    return { result: sessionId }
  })
}

const addPresence = (session: SessionWriter, payload: { name: string; role: GmRole; joined: boolean }) =>
  session.add({ turnId: null, kind: 'PRESENCE', payload, traceId: randomUUID() })

/**
 * Removes a member; what they played has no player then. Codes end, which would let them in again at once.
 * @throws NOT_FOUND, BAD_USER_INPUT for oneself
 */
export async function removeMember(context: Context, sessionId: string, userId: string): Promise<void> {
  mustBeUuid(userId, 'There is no such member.')
  if (userId === context.viewer.id) throw fault('BAD_USER_INPUT', 'A session needs its game master: delete it instead.')
  await writeSession(context, sessionId, async (session) => {
    const { rows } = await session.client.query<{ name: string; role: GmRole }>(
      `delete from gm_members m using users u where u.id = m.user_id and m.session_id = $1 and m.user_id = $2
       returning u.username as name, m.role`,
      [sessionId, userId],
    )
    if (!rows[0]) throw fault('NOT_FOUND', 'There is no such member.')
    await session.client.query('update gm_characters set player_id = null where session_id = $1 and player_id = $2', [
      sessionId,
      userId,
    ])
    await session.client.query('delete from gm_invites where session_id = $1', [sessionId])
    addPresence(session, { ...rows[0], joined: false })
    return { result: undefined }
  })
}
