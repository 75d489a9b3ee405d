import { fault } from '../../../shared/errors.ts'
import { mustBeUuid, publishPeople, type Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'

interface SessionRow {
  id: string
  userId: string
  username: string
  createdAt: string
  lastSeenAt: string
  endsAt: string
  address: string | null
  agent: string | null
  current: boolean
}

const NO_SESSION = 'There is no such session.'

/** The sessions of a person that are still good; `own` is the one that is asked with. */
async function sessionsOf({ pool, viewer }: Context, userId: string): Promise<SessionRow[]> {
  const { rows } = await pool.query<SessionRow>(
    `select s.id, s.user_id as "userId", u.username, s.created_at as "createdAt", s.seen_at as "lastSeenAt",
       least(s.ends_at, s.seen_at + make_interval(secs => s.idle_s)) as "endsAt", s.address, s.agent,
       s.id_hash = $2 as current
     from user_sessions s join users u on u.id = s.user_id
     where s.user_id = $1 and s.ends_at > now() and s.seen_at > now() - make_interval(secs => s.idle_s)
     order by s.seen_at desc, s.id limit 50`,
    [userId, ownSession(viewer)],
  )
  return rows
}

const ownSession = ({ session }: Context['viewer']) => Buffer.from(session ?? '', 'base64url')

export const sessionResolvers: Resolvers = {
  Query: {
    signIns(_, { user }, context) {
      const account = user ?? context.viewer.id
      mustBeUuid(account, 'There is no such account.')
      return sessionsOf(context, account)
    },
  },
  Mutation: {
    async revokeSignIn(_, { input: { id } }, context) {
      mustBeUuid(id, NO_SESSION)
      const { rows } = await context.pool.query<{ user_id: string }>(
        'delete from user_sessions where id = $1 returning user_id',
        [id],
      )
      if (!rows[0]) throw fault('NOT_FOUND', NO_SESSION)
      publishPeople(context, { users: [rows[0].user_id] })
      return { revokedSignInId: id }
    },
    async revokeOtherSignIns(_, __, context) {
      const user = context.viewer.id
      const { rowCount } = await context.pool.query('delete from user_sessions where user_id = $1 and id_hash <> $2', [
        user,
        ownSession(context.viewer),
      ])
      publishPeople(context, { users: [user] })
      return { revokedCount: rowCount ?? 0 }
    },
  },
}
