import { randomUUID } from 'node:crypto'
import { transaction } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { storeCharacter } from '../character/change.ts'
import { samples } from '../character/samples.ts'
import type { Context } from '../context.ts'
import { endTurn } from '../turn/end-turn.ts'
import { drawNextTurn, newSecret, turnUnderWay } from '../turn/store.ts'
import { writeSession } from './write-session.ts'

const LONGEST_TITLE = 80
/** Sessions that one person leads. */
const MAX_SESSIONS = 100

/** Creates a session that the viewer leads; gives its id, which is ours. @throws BAD_USER_INPUT */
export async function createSession(context: Context, given: string, withSamples: boolean): Promise<string> {
  const { pool, viewer } = context
  const title = given.trim().toWellFormed()
  if (!title || given.length > LONGEST_TITLE || given.includes('\0'))
    throw fault('BAD_USER_INPUT', `A title has 1 to ${LONGEST_TITLE} characters.`)
  const id = await transaction(pool, async (client) => {
    await client.query('select from users where id = $1 for no key update', [viewer.id])
    const owned = await client.query<{ count: number }>('select count(*) from gm_sessions where owner_id = $1', [
      viewer.id,
    ])
    if (owned.rows[0]!.count >= MAX_SESSIONS)
      throw fault('BAD_USER_INPUT', `You lead ${MAX_SESSIONS} sessions: delete one first.`)
    const { rows } = await client.query<{ id: string }>(
      'insert into gm_sessions (owner_id, title, next_secret) values ($1, $2, $3) returning id',
      [viewer.id, title, newSecret()],
    )
    await client.query("insert into gm_members (session_id, user_id, role) values ($1, $2, 'GM')", [
      rows[0]!.id,
      viewer.id,
    ])
    return rows[0]!.id
  })
  await writeSession(context, id, async ({ client, add }) => {
    if (withSamples) for (const sample of samples) await storeCharacter(client, id, sample, null)
    const commitment = await drawNextTurn(client, id)
    add({ turnId: null, kind: 'SYSTEM', payload: { content: `${title} begins.`, commitment }, traceId: randomUUID() })
    return { result: undefined }
  })
  return id
}

/** Deletes a session after the turn under way in it has ended, so that the process that works on it stops. */
export async function deleteSession(context: Context, sessionId: string): Promise<string> {
  const turn = await turnUnderWay(context.pool, sessionId)
  if (turn) await endTurn(context, { turnId: turn.id, sessionId }, 'STOPPED')
  const { rowCount } = await context.pool.query('delete from gm_sessions where id = $1', [sessionId])
  if (!rowCount) throw fault('NOT_FOUND', 'There is no such session.')
  return sessionId
}
