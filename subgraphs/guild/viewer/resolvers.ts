import { checkPassword, hashPassword } from '../../../shared/auth/password.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { fault } from '../../../shared/errors.ts'
import { publishPeople, type Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { checkNewPassword } from '../user/rules.ts'
import { toGraph } from '../roles.ts'

const shown = ({ name, role, kind, needsPassword }: Viewer, { viewLinks }: Pick<Context, 'viewLinks'>) => ({
  name,
  role: toGraph(role),
  isToken: kind === 'token',
  needsPassword,
  viewLinkHours: kind === 'user' ? (viewLinks?.hours ?? null) : null,
})

export const viewerResolvers: Resolvers = {
  Query: { me: (_, __, context) => shown(context.viewer, context) },
  Mutation: {
    async setPassword(_, { input: { currentPassword, newPassword } }, context) {
      const { viewer, pool } = context
      checkNewPassword(newPassword)
      const { rows } = await pool.query<{ password_hash: string | null }>(
        'select password_hash from users where id = $1',
        [viewer.id],
      )
      const stored = rows[0]?.password_hash
      if (stored && !(await checkPassword(stored, currentPassword ?? '')))
        throw fault('BAD_CREDENTIALS', 'Your current password is wrong.')
      const hash = await hashPassword(newPassword)
      await pool.query(
        `with others as (delete from user_sessions where user_id = $1 and id_hash <> $3), links as (delete
          from sign_in_links where user_id = $1 and not reusable)
         update users set password_hash = $2 where id = $1`,
        [viewer.id, hash, Buffer.from(viewer.session ?? '', 'base64url')],
      )
      publishPeople(context, { users: [viewer.id] })
      return { viewer: shown({ ...viewer, needsPassword: false }, context) }
    },
  },
}
