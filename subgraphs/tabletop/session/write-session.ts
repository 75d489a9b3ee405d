// Every change of a game session: one transaction with the session locked, its events at the end.
import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { eventsTopic, isTerminal, type NewEvent } from '../event/store.ts'

/** A session while it is changed. */
export interface SessionWriter {
  client: Client
  sessionId: string
  /** Stores an event at the end of the transaction, in the order of the calls. */
  add(event: NewEvent): void
}

/** Where changes are stored and announced. */
export interface Stores {
  pool: Pool
  pubsub: PubSub
}

/** Topic of turns that ended; see turn/topics.ts. */
type Published = readonly [topic: string, message: unknown]

/**
 * Changes a session. Nobody else changes it meanwhile, so events are stored in the order of their ids, and published
 * after the commit.
 * @param write gives its result, and what is to be published besides
 * @throws NOT_FOUND without such a session
 */
export async function writeSession<T>(
  { pool, pubsub }: Stores,
  sessionId: string,
  write: (session: SessionWriter) => Promise<{ result: T; publish?: readonly Published[] }>,
): Promise<T> {
  const events: NewEvent[] = []
  const { result, publish = [] } = await transaction(pool, async (client) => {
    const { rowCount } = await client.query('select from gm_sessions where id = $1 for no key update', [sessionId])
    if (!rowCount) throw fault('NOT_FOUND', 'There is no such session.')
    const written = await write({ client, sessionId, add: (event) => void events.push(event) })
    await storeEvents(client, sessionId, events)
    return written
  })
  if (events.length) pubsub.publish(eventsTopic(sessionId), { sessionId })
  for (const [topic, message] of publish) pubsub.publish(topic, message)
  return result
}

async function storeEvents(client: Client, sessionId: string, events: readonly NewEvent[]): Promise<void> {
  if (!events.length) return
  const rows = events.map(({ turnId, kind, payload, visibleTo = null, traceId }, nth) => ({
    nth,
    turn_id: turnId,
    kind,
    payload,
    visible_to: visibleTo,
    trace: traceId,
  }))
  // What only some members see leaves no trace for the others.
  const isPublic = events.some(({ visibleTo }) => !visibleTo)
  await client.query(
    `with used as (update gm_sessions set used_at = now() where id = $1 and $3)
     insert into gm_events (session_id, turn_id, kind, payload, visible_to, trace)
     select $1, turn_id, kind, payload, visible_to, trace
     from json_to_recordset($2)
       as e (nth int, turn_id uuid, kind text, payload json, visible_to uuid[], trace uuid) order by nth`,
    [sessionId, JSON.stringify(rows), isPublic],
  )
  for (const { turnId } of events.filter(({ kind }) => isTerminal(kind)))
    await client.query('update gm_turns set ended_at = now() where id = $1', [turnId])
}
