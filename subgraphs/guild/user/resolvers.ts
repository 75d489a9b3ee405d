import { hashPassword } from '../../../shared/auth/password.ts'
import type { Role as StoredRole } from '../../../shared/auth/viewer.ts'
import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { checkPage, connection, readCursor, type Page } from '../../../shared/serve/connection.ts'
import { mustBeUuid, publishCharacters, publishPeople, type Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { fromGraph, toGraph } from '../roles.ts'
import { linksOf } from '../view-link/store.ts'
import { checkNewPassword, checkUsername } from './rules.ts'

interface UserRow {
  id: string
  username: string
  role: StoredRole
  createdAt: string
  lastSignInAt: string | null
}

const FIELDS = 'id, username, role, created_at as "createdAt", last_sign_in_at as "lastSignInAt"'
const NOBODY = 'There is no such account.'
const shown = <R extends UserRow>(row: R) => ({ ...row, role: toGraph(row.role) })
const MAX_PAGE_SIZE = 500

/** A page by name, one row more than asked for when more follow, and how many there are. */
async function listUsers(
  pool: Pool,
  page: Page,
): Promise<{ rows: (UserRow & { sortKey: string })[]; totalCount: number }> {
  const [after = null] = readCursor(page.after, 1) ?? []
  const [rows, count] = await Promise.all([
    pool.query<UserRow & { sortKey: string }>(
      `select ${FIELDS}, lower(username) as "sortKey" from users where $1::text is null or lower(username) > $1
       order by lower(username) limit $2`,
      [after, page.first + 1],
    ),
    pool.query<{ count: number }>('select count(*) from users'),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** Admins are counted one at a time: two that take the right from each other would leave none. */
const LOCK = 7_219_010

/** Runs a change of one account and ends its sessions, so that it takes hold at once: but the one it is done with. */
async function change(context: Context, id: string, set: 'role' | 'password_hash', value: string) {
  mustBeUuid(id, NOBODY)
  const user = await transaction(context.pool, async (client) => {
    if (set === 'role' && value !== 'admin') await mustLeaveAnAdmin(client, id)
    const { rows } = await client.query<UserRow>(
      `with ended as (delete from user_sessions where user_id = $1 and id_hash <> $3) update users set ${set} = $2
        where id = $1 returning ${FIELDS}`,
      [id, value, Buffer.from(context.viewer.session ?? '', 'base64url')],
    )
    if (!rows[0]) throw fault('NOT_FOUND', NOBODY)
    return rows[0]
  })
  publishPeople(context, { users: [id] })
  return shown(user)
}

/** Refuses a change that would leave the guild without an admin: it could not be undone. */
async function mustLeaveAnAdmin(client: Client, id: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  const { rows } = await client.query("select from users where role = 'admin' and id::text <> $1 limit 1", [id])
  if (!rows.length) throw fault('FORBIDDEN', 'This is the last admin. Make another one first.')
}

export const userResolvers: Resolvers = {
  Query: {
    async users(_, page, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listUsers(pool, page)
      return { ...connection(rows.map(shown), page, ({ sortKey }) => [sortKey]), totalCount }
    },
  },
  Mutation: {
    async createUser(_, { input: { username, password, role } }, context) {
      checkUsername(username)
      checkNewPassword(password)
      const hash = await hashPassword(password)
      const { rows } = await context.pool.query<UserRow>(
        `insert into users (username, password_hash, role) values ($1, $2, $3) on conflict do nothing
          returning ${FIELDS}`,
        [username, hash, fromGraph(role!)],
      )
      if (!rows[0]) throw fault('BAD_USER_INPUT', `The name ${username} is taken.`)
      return { user: shown(rows[0]) }
    },
    async setUserRole(_, { input: { id, role } }, context) {
      return { user: await change(context, id, 'role', fromGraph(role)) }
    },
    async setUserPassword(_, { input: { id, password } }, context) {
      checkNewPassword(password)
      return { user: await change(context, id, 'password_hash', await hashPassword(password)) }
    },
    async deleteUser(_, { input: { id } }, context) {
      mustBeUuid(id, NOBODY)
      const tokens = await transaction(context.pool, async (client) => {
        await mustLeaveAnAdmin(client, id)
        const links = await linksOf(client, id)
        const { rowCount } = await client.query('delete from users where id = $1', [id])
        if (!rowCount) throw fault('NOT_FOUND', NOBODY)
        return links
      })
      publishPeople(context, { users: [id], ...(tokens.length > 0 && { tokens }) })
      publishCharacters(context)
      return { deletedUserId: id }
    },
  },
}
