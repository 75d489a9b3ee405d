import { randomBytes } from 'node:crypto'
import { transaction, type Client, type Pool } from '../db/pool.ts'
import { CONSOLE, keepEntry } from './audit.ts'
import { sha256 } from './secrets.ts'
import { hashPassword } from './password.ts'

export interface FirstAdmin {
  username: string
  password: string | undefined
}

/**
 * Creates the first admin if there is no account yet.
 * Returns a sign-in link's secret as long as no admin has a password to sign in with; null otherwise.
 * @param reusable the link works until it ends instead of once, and no password is required (for the demo, which
 *   protects nothing)
 */
export const ensureAdmin = (pool: Pool, first: FirstAdmin, reusable = false): Promise<string | null> =>
  transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]) // several gateways may begin at once
    return ensure(client, first, reusable)
  })

const LOCK = 7_219_003

async function ensure(client: Client, { username, password }: FirstAdmin, reusable: boolean): Promise<string | null> {
  const { rows } = await client.query<{ id: string; has_password: boolean }>(
    "select id, password_hash is not null as has_password from users where role = 'admin' order by created_at",
  )
  let admin = rows.find((row) => row.has_password) ?? rows[0]
  if (!admin) {
    const chosen = password ?? (reusable ? randomBytes(24).toString('base64url') : undefined)
    const hash = chosen ? await hashPassword(chosen) : null
    const made = await client.query<{ id: string; has_password: boolean }>(
      `insert into users (username, password_hash, role) values ($1, $2, 'admin')
        returning id, password_hash is not null as has_password`,
      [username, hash],
    )
    admin = made.rows[0]!
    await keepEntry(client, { by: CONSOLE, action: 'createUser', subject: username, details: { role: 'ADMIN' } }, 'OK')
  }
  if (admin.has_password && !reusable) return null
  const link = randomBytes(24).toString('base64url')
  await client.query(
    `with old as (delete from sign_in_links where user_id = $2) insert into sign_in_links (link_hash, user_id, ends_at,
      reusable) values ($1, $2, now() + interval '24 hours', $3)`,
    [sha256(link), admin.id, reusable],
  )
  return link
}
