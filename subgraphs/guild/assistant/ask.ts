import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import { publishEvents, storeEvents } from './end-turn.ts'
import { SESSION, TURN, type SessionRow, type TurnRow } from './rows.ts'
import { ASKED_TOPIC } from './topics.ts'

/** Questions of a person within an hour. */
export const ASKS_AN_HOUR = 60
/** Characters of a question. */
export const LONGEST_MESSAGE = 10_000
const HOUR_S = 3_600
const TITLE = 80

export interface Allowance {
  left: number
  /** When the next question is free again; null while some are left. */
  nextAt: Date | null
}

/** What a person may still ask. Counted in the database: several processes allow no more than one would. */
export async function allowanceOf(pool: Pick<Pool, 'query'>, userId: string): Promise<Allowance> {
  const { rows } = await pool.query<{ count: number; oldest: string | null }>(
    `select count(*) as count, min(asked_at) as oldest from (
       select asked_at from (
         select user_id, asked_at from assistant_turns union all select user_id, asked_at from assistant_deleted_asks
       ) asks where user_id = $1 and asked_at > now() - make_interval(secs => $2)
       order by asked_at desc limit $3) recent`,
    [userId, HOUR_S, ASKS_AN_HOUR],
  )
  const { count, oldest } = rows[0]!
  const left = Math.max(0, ASKS_AN_HOUR - count)
  return { left, nextAt: left > 0 || oldest === null ? null : new Date(Date.parse(oldest) + HOUR_S * 1000) }
}

/** A new session; an unused one of the person is given again. */
export function createSession(pool: Pool, userId: string): Promise<SessionRow> {
  return transaction(pool, async (client) => {
    await lockPerson(client, userId)
    const unused = await client.query<SessionRow>(
      `select ${SESSION} from assistant_sessions s where user_id = $1
         and not exists (select from assistant_turns t where t.session_id = s.id) order by created_at desc limit 1`,
      [userId],
    )
    if (unused.rows[0]) return unused.rows[0]
    const { rows } = await client.query<SessionRow>(
      `insert into assistant_sessions (user_id) values ($1) returning ${SESSION}`,
      [userId],
    )
    return rows[0]!
  })
}

/**
 * Asks a question in a session of the viewer. What is refused leaves nothing behind.
 * @throws BAD_USER_INPUT, TOO_MANY_TRIES with `retryAfter` in seconds, UNAUTHENTICATED
 */
export async function ask(context: Context, sessionId: string, message: string): Promise<TurnRow> {
  const { pool, pubsub, viewer } = context
  const asked = message.trim().toWellFormed()
  if (!asked || message.length > LONGEST_MESSAGE)
    throw fault('BAD_USER_INPUT', 'A question has 1 to 10,000 characters.')
  const { turn, events } = await transaction(pool, async (client) => {
    await lockPerson(client, viewer.id)
    await requireRoom(client, viewer.id)
    const signIn = await client.query<{ id: string }>('select id from user_sessions where id_hash = $1', [
      Buffer.from(viewer.session ?? '', 'base64url'),
    ])
    if (!signIn.rows[0]) throw fault('UNAUTHENTICATED')
    const { rows } = await client.query<TurnRow>(
      `insert into assistant_turns (session_id, user_id, sign_in, message) values ($1, $2, $3, $4) returning ${TURN}`,
      [sessionId, viewer.id, signIn.rows[0].id, asked],
    )
    const turn = rows[0]!
    await client.query(
      "update assistant_sessions set used_at = now(), title = case title when '' then $2 else title end where id = $1",
      [sessionId, titleOf(asked)],
    )
    const first = { seq: 0, kind: 'STATUS' as const, payload: { text: 'Asked', message: asked } }
    return { turn, events: await storeEvents(client, { turnId: turn.id, sessionId }, [first]) }
  })
  const about = { turnId: turn.id, sessionId }
  publishEvents(pubsub, about, events)
  pubsub.publish(ASKED_TOPIC, about)
  return turn
}

/**
 * Deletes a chat of a person. Its questions of the last hour still count.
 * @returns whether it was there
 */
export function removeSession(pool: Pool, userId: string, sessionId: string): Promise<boolean> {
  return transaction(pool, async (client) => {
    await lockPerson(client, userId) // no question is added between its two halves
    await client.query(
      'delete from assistant_deleted_asks where user_id = $1 and asked_at <= now() - make_interval(secs => $2)',
      [userId, HOUR_S],
    )
    await client.query(
      `insert into assistant_deleted_asks (user_id, asked_at) select user_id, asked_at from assistant_turns
       where session_id = $1 and asked_at > now() - make_interval(secs => $2)`,
      [sessionId, HOUR_S],
    )
    const { rowCount } = await client.query('delete from assistant_sessions where id = $1', [sessionId])
    return rowCount === 1
  })
}

/** Of questions of one person only one is judged at a time. */
const lockPerson = (client: Client, userId: string) =>
  client.query('select from users where id = $1 for no key update', [userId])

async function requireRoom(client: Client, userId: string): Promise<void> {
  const inFlight = await client.query('select from assistant_turns where user_id = $1 and ended_at is null', [userId])
  if (inFlight.rowCount)
    throw fault('TOO_MANY_TRIES', 'A question of yours is still being answered. Wait for the answer, or stop it.', {
      retryAfter: 1,
    })
  const { left, nextAt } = await allowanceOf(client, userId)
  if (left > 0) return
  const retryAfter = Math.max(1, Math.ceil((nextAt!.getTime() - Date.now()) / 1000))
  throw fault('TOO_MANY_TRIES', `You asked ${ASKS_AN_HOUR} questions within an hour.`, { retryAfter })
}

function titleOf(message: string): string {
  const line = message.replace(/\s+/g, ' ')
  return line.length > TITLE ? `${line.slice(0, TITLE - 1).toWellFormed()}…` : line
}
