// Who may sign in, and how we know them again. The narrow pool on the people tables that the gateway is allowed.
import { createHmac, randomBytes } from 'node:crypto'
import type { Pool } from '../db/pool.ts'
import { sha256 } from './secrets.ts'
import { checkPassword } from './password.ts'
import { roleOfScopes, type Role, type Viewer } from './viewer.ts'

const SESSION_DAYS = 30
const IDLE_DAYS = 7

export interface People {
  /** The session's id for the cookie; null when name or password is wrong. */
  signIn(username: string, password: string): Promise<string | null>
  /** The session's id for the cookie; null when the link is unknown, used or ended. */
  signInByLink(link: string): Promise<string | null>
  signOut(session: string): Promise<void>
  viewerOfSession(session: string): Promise<Viewer | null>
  viewerOfToken(secret: string): Promise<Viewer | null>
}

interface UserRow {
  id: string
  username: string
  role: Role
  has_password: boolean
}

/** @param key signs session ids: the database alone is not enough to make one */
export function people(pool: Pool, key: string): People {
  const sessionHash = (session: string) => createHmac('sha256', key).update(`session:${session}`).digest()

  async function open(userId: string): Promise<string> {
    const session = randomBytes(32).toString('base64url')
    await pool.query(
      `with gone as (delete from user_sessions where ends_at < now()),
            seen as (update users set last_sign_in_at = now() where id = $2)
       insert into user_sessions (id_hash, user_id, ends_at) values ($1, $2, now() + make_interval(days => $3))`,
      [sessionHash(session), userId, SESSION_DAYS],
    )
    return session
  }

  return {
    async signIn(username, password) {
      const { rows } = await pool.query<{ id: string; password_hash: string | null }>(
        'select id, password_hash from users where lower(username) = lower($1)',
        [username],
      )
      const right = await checkPassword(rows[0]?.password_hash, password)
      return right ? open(rows[0]!.id) : null
    },
    async signInByLink(link) {
      const { rows } = await pool.query<{ user_id: string }>(
        `with found as (select link_hash, user_id, reusable from sign_in_links where link_hash = $1 and ends_at > now() for update),
              used as (delete from sign_in_links l using found f where l.link_hash = f.link_hash and not f.reusable)
         select user_id from found`,
        [sha256(link)],
      )
      return rows[0] ? open(rows[0].user_id) : null
    },
    async signOut(session) {
      await pool.query('delete from user_sessions where id_hash = $1', [sessionHash(session)])
    },
    async viewerOfSession(session) {
      const hash = sessionHash(session)
      const { rows } = await pool.query<UserRow & { stale: boolean }>(
        `select u.id, u.username, u.role, u.password_hash is not null as has_password, s.seen_at < now() - interval '1 minute' as stale
         from user_sessions s join users u on u.id = s.user_id
         where s.id_hash = $1 and s.ends_at > now() and s.seen_at > now() - make_interval(days => $2)`,
        [hash, IDLE_DAYS],
      )
      const user = rows[0]
      if (!user) return null
      if (user.stale) await pool.query('update user_sessions set seen_at = now() where id_hash = $1', [hash])
      return {
        kind: 'user',
        id: user.id,
        name: user.username,
        role: user.role,
        session: hash.toString('base64url'),
        needsPassword: !user.has_password,
      }
    },
    async viewerOfToken(secret) {
      const { rows } = await pool.query<{ id: string; name: string; scopes: string[]; stale: boolean }>(
        `select id, name, scopes, last_used_at is null or last_used_at < now() - interval '1 minute' as stale
         from service_tokens where secret_hash = $1 and (expires_at is null or expires_at > now())`,
        [sha256(secret)],
      )
      const token = rows[0]
      if (!token) return null
      if (token.stale) await pool.query('update service_tokens set last_used_at = now() where id = $1', [token.id])
      return {
        kind: 'token',
        id: token.id,
        name: token.name,
        role: roleOfScopes(token.scopes),
        session: null,
        needsPassword: false,
      }
    },
  }
}
