import type { Role as GraphRole } from '../graph/generated/types.ts'
import { LegacyApiMeDocument } from './me.query.gen.ts'
import { LegacyApiUsersDocument } from './users.query.gen.ts'
import { LegacyApiCreateUserDocument } from './create-user.mutation.gen.ts'
import { LegacyApiSetPasswordDocument } from './set-password.mutation.gen.ts'
import { LegacyApiSetRoleDocument } from './set-role.mutation.gen.ts'
import { LegacyApiDeleteUserDocument } from './delete-user.mutation.gen.ts'
import { z } from 'zod'
import { allPages, type Ask } from './ask.ts'
import { endpoint, type Asked } from './endpoint.ts'
import { isoformat, isoformatOrNull, moment } from './moment.ts'

const ROLE = z.enum(['viewer', 'operator', 'admin'])
type Role = z.output<typeof ROLE>

export const me = endpoint({
  path: '/me',
  family: 'People',
  says: 'Who asks.',
  answer: z.object({ username: z.string(), is_admin: z.boolean(), role: ROLE }),
  async run(_, ask) {
    const { me } = await ask(LegacyApiMeDocument)
    return { username: me.name, is_admin: me.role === 'ADMIN', role: me.role.toLowerCase() as Role }
  },
})
interface User {
  id: string
  username: string
  role: string
  createdAt: string
  lastSignInAt: string | null
}
const user = z.object({
  id: z.string(),
  username: z.string(),
  is_admin: z.boolean(),
  role: ROLE,
  created_at: moment,
  last_sign_in_at: moment.nullable(),
})
const userOf = ({ id, username, role, createdAt, lastSignInAt }: User): z.input<typeof user> => ({
  id,
  username,
  is_admin: role === 'ADMIN',
  role: role.toLowerCase() as Role,
  created_at: isoformat(createdAt),
  last_sign_in_at: isoformatOrNull(lastSignInAt),
})
const roleOf = (isAdmin: boolean): GraphRole => (isAdmin ? 'ADMIN' : 'VIEWER')

const family = 'People'
const who = 'admin'
const MAX_USERS = 10_000

export const listUsers = endpoint({
  path: '/api-admin/users',
  family,
  who,
  says: 'Everybody who may sign in.',
  answer: z.object({ users: z.array(user) }),
  async run(_, ask) {
    const users = await allPages<User>(MAX_USERS, async (after) => (await ask(LegacyApiUsersDocument, { after })).users)
    return { users: users.map(userOf) }
  },
})

export const createUser = endpoint({
  method: 'POST',
  path: '/api-admin/users',
  family,
  who,
  says: 'Makes an account: an admin’s or a viewer’s.',
  body: z.object({ username: z.string(), password: z.string(), is_admin: z.boolean().default(false) }),
  answer: user,
  async run({ body: { username, password, is_admin } }, ask) {
    const input = { username, password, role: roleOf(is_admin) }
    const { createUser } = await ask(LegacyApiCreateUserDocument, { input })
    return userOf(createUser.user)
  },
})

/** What an admin may change of an account: its password, or whether it is an admin's. */
interface Change {
  password?: string | undefined
  is_admin?: boolean | undefined
}

async function change(
  { path: { id }, body: { password, is_admin } }: Asked<unknown, Change, 'id'>,
  ask: Ask,
): Promise<z.input<typeof user>> {
  const { changed } =
    is_admin === undefined
      ? // the graph refuses a missing password
        await ask(LegacyApiSetPasswordDocument, { input: { id, password: password! } })
      : await ask(LegacyApiSetRoleDocument, { input: { id, role: roleOf(is_admin) } })
  return userOf(changed.user)
}

export const changeUser = endpoint({
  method: 'PATCH',
  path: '/api-admin/users/{id}',
  family,
  who,
  says: 'Gives an account a new password, or makes it an admin’s or a viewer’s; ends its sessions. Not one’s own role.',
  body: z
    .object({ password: z.string().optional(), is_admin: z.boolean().optional() })
    .refine(({ password, is_admin }) => (password === undefined) !== (is_admin === undefined), {
      message: 'Send either password or is_admin.',
    }),
  answer: user,
  run: change,
})

export const changePassword = endpoint({
  method: 'PATCH',
  path: '/api-admin/users/{id}/password',
  family,
  who,
  says: 'Gives an account a new password; ends its sessions.',
  body: z.object({ password: z.string() }),
  answer: user,
  run: change,
})

export const changeAdmin = endpoint({
  method: 'PATCH',
  path: '/api-admin/users/{id}/admin',
  family,
  who,
  says: 'Makes an account an admin’s or a viewer’s; ends its sessions. Not one’s own.',
  body: z.object({ is_admin: z.boolean() }),
  answer: user,
  run: change,
})

export const deleteUser = endpoint({
  method: 'DELETE',
  path: '/api-admin/users/{id}',
  family,
  who,
  says: 'Removes an account and its sessions. Not one’s own.',
  answer: z.object({ deleted: z.string() }),
  async run({ path: { id } }, ask) {
    const { deleteUser } = await ask(LegacyApiDeleteUserDocument, { input: { id } })
    return { deleted: deleteUser.deletedUserId }
  },
})
