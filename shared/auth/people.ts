// Sign-in and sessions. The gateway's only access to the people tables.
import { createHmac, randomBytes } from 'node:crypto'
import { PEOPLE_TOPIC, type PeopleEvent } from '../contract/people.ts'
import { kept, type Pool } from '../db/pool.ts'
import type { PubSub } from '../pubsub/pubsub.ts'
import { isAct, readAct } from './act.ts'
import { shortAddress } from './address.ts'
import { keepEntry, type AuditBy } from './audit.ts'
import { storeCalls, type CallByViewer } from './mcp-calls.ts'
import { sha256 } from './secrets.ts'
import { checkPassword, hashPassword, isOldHash } from './password.ts'
import { takePaced } from '../db/paces.ts'
import { loginThrottle, type LoginThrottle } from './login-throttle.ts'
import { isViewLink, visitorOf } from './view-links.ts'
import { readsGraph, roleOfScopes, type Role, type Viewer } from './viewer.ts'

/** People and tokens that must be checked again. */
export type PeopleChange = PeopleEvent

/** Maximum sessions of a person; the one used longest ago is removed. */
const MAX_SESSIONS = 50
const MAX_AGENT_LENGTH = 200
/** Earlier ids of a session that are still known. */
const MAX_NAMES = 8

/** The origin of a sign-in. */
export interface From {
  address: string | null
  agent: string | null
  /** The session the browser had until now; it ends. */
  before: readonly string[]
}

export interface People {
  /** The session's id for the cookie; null when name or password is wrong. */
  signIn(username: string, password: string, from: From): Promise<string | null>
  /** The session's id for the cookie; null when the link is unknown, used or ended. */
  signInByLink(link: string, from: From): Promise<string | null>
  signOut(session: string): Promise<void>
  /** @param mayBeOld accepts an earlier id as well: for a socket opened with it */
  viewerOfSession(session: string, mayBeOld?: boolean): Promise<Viewer | null>
  /**
   * Gives a session a new id, for the cookie; null if there is none. Open connections stay; the old id opens no new
   * ones.
   */
  renew(session: string): Promise<string | null>
  /** Of a service token, a shared view where links are on, or a credential that acts for somebody (act.ts). */
  viewerOfToken(secret: string): Promise<Viewer | null>
  /** Reports changes of sessions, tokens or roles, from any process. Call the result to stop. */
  onChange(listener: (change: PeopleEvent) => void): Promise<() => void>
  /** Settles while the people tables can be read; throws while they cannot. */
  there(): Promise<void>
  /** Takes `amount` of what may be done `perMinute`, counted over all processes; false when there is no room for it. */
  take(name: string, amount: number, perMinute: number): Promise<boolean>
  /** Stores calls of MCP tools. */
  storeCalls(calls: readonly CallByViewer[]): Promise<void>
  /** Limits sign-in attempts. */
  loginThrottle: LoginThrottle
  /** How long a session lasts at most, in days. */
  sessionDays: number
}

/** How long sessions last. */
export interface SessionSpan {
  /** At most, in days. */
  days: number
  /** Without a sign, in days. */
  idleDays: number
}

interface UserRow {
  id: string
  username: string
  role: Role
  has_password: boolean
  owner: boolean
}

interface TokenRow {
  id: string
  name: string
  scopes: string[]
  expires_at: string | null
}

/**
 * @param key signs session ids: the database alone is not enough to make one
 * @param viewLinks whether links to shared views are known
 */
// eslint-disable-next-line max-lines-per-function -- a statement for each method of one interface
export function people(
  pool: Pool,
  key: string,
  pubsub: PubSub,
  { days, idleDays }: SessionSpan,
  viewLinks = false,
): People {
  const sessionHash = (session: string) => createHmac('sha256', key).update(`session:${session}`).digest()

  const publishEnded = (ended: readonly { user_id: string }[]) => {
    const event: PeopleEvent = { users: [...new Set(ended.map((row) => row.user_id))] }
    if (ended.length) pubsub.publish(PEOPLE_TOPIC, event)
  }

  async function open(userId: string, { address, agent, before }: From): Promise<string> {
    const session = randomBytes(32).toString('base64url')
    // The browser's previous session ends, no matter who it belonged to.
    const ended = await pool.query<{ user_id: string }>(
      `delete from user_sessions where ends_at < now() or id_hash = any($2::bytea[])
         or id_hash in (select id_hash from user_sessions where user_id = $1
         order by seen_at desc offset ${MAX_SESSIONS - 1})
       returning user_id`,
      [userId, before.map(sessionHash)],
    )
    publishEnded(ended.rows)
    await pool.query(
      `with seen as (update users set last_sign_in_at = now() where id = $2)
       insert into user_sessions (id_hash, user_id, ends_at, idle_s, address, agent)
       values ($1, $2, now() + make_interval(days => $3), $4, $5, $6)`,
      [
        sessionHash(session),
        userId,
        days,
        idleDays * 86_400,
        shortAddress(address),
        agent?.slice(0, MAX_AGENT_LENGTH).replaceAll('\0', '') ?? null,
      ],
    )
    return session
  }

  /** Who a credential acts for, while the session it was asked with and the turn last. */
  async function viewerOfAct(secret: string): Promise<Viewer | null> {
    const act = readAct(key, secret, Date.now())
    if (!act) return null
    const { rows } = await pool.query<UserRow>(
      kept(
        `select u.id, u.username, u.role, u.password_hash is not null as has_password,
         exists (select from character_settings c where c.owner_id = u.id) as owner
         from users u join user_sessions s on s.user_id = u.id join assistant_turns t on t.user_id = u.id
         where u.id = $1 and s.id = $2 and s.ends_at > now() and s.seen_at > now() - make_interval(secs => s.idle_s)
           and t.id = $3 and t.sign_in = s.id and t.ended_at is null`,
        [act.user, act.signIn, act.turn],
      ),
    )
    const user = rows[0]
    if (!user) return null
    const { id, username: name, role, has_password, owner } = user
    return { kind: 'user', id, name, role, session: null, needsPassword: !has_password, owner, only: 'read' }
  }

  const keep = (action: string, by: AuditBy, { address }: { address: string | null }, outcome: string) =>
    keepEntry(pool, { by, action, subject: by.name, address: shortAddress(address) }, outcome)

  return {
    sessionDays: days,
    loginThrottle: loginThrottle(pool, key),
    take: (name, amount, perMinute) => takePaced(pool, name, amount, perMinute),
    storeCalls: (calls) => storeCalls(pool, calls),
    there: async () => void (await pool.query('select from users limit 1')),
    onChange: (listener) => pubsub.subscribe(PEOPLE_TOPIC, (event) => listener(event as PeopleEvent)),
    async signIn(username, password, from) {
      const { rows } = await pool.query<{ id: string; username: string; password_hash: string | null }>(
        'select id, username, password_hash from users where lower(username) = lower($1)',
        [username],
      )
      const [user] = rows
      const right = await checkPassword(user?.password_hash, password)
      if (!user || !right) {
        await keep('signIn', { kind: 'stranger', id: user?.id ?? null, name: username }, from, 'BAD_CREDENTIALS')
        return null
      }
      // What came along from elsewhere is taken this once: now that the password is known, it is kept as ours are.
      if (isOldHash(user.password_hash!))
        await pool.query('update users set password_hash = $2 where id = $1 and password_hash = $3', [
          user.id,
          await hashPassword(password),
          user.password_hash,
        ])
      const session = await open(user.id, from)
      await keep('signIn', { kind: 'user', id: user.id, name: user.username }, from, 'OK')
      return session
    },
    async signInByLink(link, from) {
      const { rows } = await pool.query<{ user_id: string; username: string }>(
        `with found as (select link_hash, user_id, reusable from sign_in_links where link_hash = $1
          and ends_at > now() for update),
              used as (delete from sign_in_links l using found f where l.link_hash = f.link_hash and not f.reusable)
         select f.user_id, u.username from found f join users u on u.id = f.user_id`,
        [sha256(link)],
      )
      const [user] = rows
      if (!user) {
        await keep('signInByLink', { kind: 'stranger', id: null, name: '' }, from, 'BAD_LINK')
        return null
      }
      const session = await open(user.user_id, from)
      await keep('signInByLink', { kind: 'user', id: user.user_id, name: user.username }, from, 'OK')
      return session
    },
    async signOut(session) {
      const { rows } = await pool.query<{ user_id: string; username: string }>(
        `delete from user_sessions s using users u where u.id = s.user_id and s.id_hash = $1
          returning s.user_id, u.username`,
        [sessionHash(session)],
      )
      if (!rows[0]) return
      publishEnded(rows)
      await keep('signOut', { kind: 'user', id: rows[0].user_id, name: rows[0].username }, { address: null }, 'OK')
    },
    async viewerOfSession(session, mayBeOld = false) {
      const hash = sessionHash(session)
      const { rows } = await pool.query<UserRow & { stale: boolean; id_hash: Buffer; ends_at: string }>(
        kept(
          `select u.id, u.username, u.role, u.password_hash is not null as has_password,
           exists (select from character_settings c where c.owner_id = u.id) as owner,
           s.seen_at < now() - interval '1 minute' as stale, s.id_hash, s.ends_at
         from user_sessions s join users u on u.id = s.user_id
         where (s.id_hash = $1 or ($2 and $1 = any(s.was))) and s.ends_at > now()
         and s.seen_at > now() - make_interval(secs => s.idle_s)`,
          [hash, mayBeOld],
        ),
      )
      const user = rows[0]
      if (!user) return null
      if (user.stale) await pool.query('update user_sessions set seen_at = now() where id_hash = $1', [user.id_hash])
      return {
        kind: 'user',
        id: user.id,
        name: user.username,
        role: user.role,
        session: user.id_hash.toString('base64url'),
        needsPassword: !user.has_password,
        owner: user.owner,
        until: Date.parse(user.ends_at),
      }
    },
    async renew(session) {
      const fresh = randomBytes(32).toString('base64url')
      const { rowCount } = await pool.query(
        `update user_sessions set id_hash = $2, was = (array_prepend(id_hash, was))[1:${MAX_NAMES}]
         where id_hash = $1 and ends_at > now()`,
        [sessionHash(session), sessionHash(fresh)],
      )
      return rowCount ? fresh : null
    },
    async viewerOfToken(secret) {
      if (isAct(secret)) return viewerOfAct(secret)
      if (isViewLink(secret)) return viewLinks ? visitorOf(pool, secret) : null
      const { rows } = await pool.query<TokenRow & { stale: boolean }>(
        kept(
          `select id, name, scopes, expires_at,
           last_used_at is null or last_used_at < now() - interval '1 minute' as stale
         from service_tokens where secret_hash = $1 and (expires_at is null or expires_at > now())`,
          [sha256(secret)],
        ),
      )
      const token = rows[0]
      if (!token || !readsGraph(token.scopes)) return null
      if (token.stale) await pool.query('update service_tokens set last_used_at = now() where id = $1', [token.id])
      return {
        kind: 'token',
        id: token.id,
        name: token.name,
        role: roleOfScopes(token.scopes),
        session: null,
        needsPassword: false,
        owner: false,
        ...(token.scopes.includes('agent') && { only: 'agent' as const }),
        ...(token.scopes.includes('store') && { stores: true as const }),
        ...(token.expires_at !== null && { until: Date.parse(token.expires_at) }),
      }
    },
  }
}
