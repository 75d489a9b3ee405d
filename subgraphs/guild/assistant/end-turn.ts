import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { eventsTopic } from '../../../shared/contract/assistant.ts'
import { newTrace } from '../../../shared/errors.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import type { AssistantEventKind } from '../generated/resolvers.ts'
import { EVENT, type EventRow } from './rows.ts'
import { ENDED_TOPIC, type TurnMessage } from './topics.ts'

/** Why the graph itself ends an answer. */
export type EndCode = 'STOPPED' | 'NOT_FOLLOWED' | 'NOT_TAKEN' | 'AGENT_GONE' | 'TOO_SLOW'

const SAID: Record<EndCode, string> = {
  STOPPED: 'The answer was stopped.',
  NOT_FOLLOWED: 'The answer was stopped: nobody followed it any more.',
  NOT_TAKEN: 'The assistant is not running: nobody took the question. Ask again later.',
  AGENT_GONE: 'The assistant was interrupted. Ask again.',
  TOO_SLOW: 'The answer took too long.',
}

export interface NewEvent {
  seq: number
  kind: AssistantEventKind
  payload: unknown
}

export const isTerminal = (kind: AssistantEventKind): boolean => kind === 'DONE' || kind === 'ERROR'

/** The turn that is written to, locked; its newest event. Null when there is none of this id. */
export async function lockTurn(client: Client, turnId: string) {
  const turns = await client.query<{ sessionId: string; isOver: boolean }>(
    'select session_id as "sessionId", ended_at is not null as "isOver" from assistant_turns where id = $1 for update',
    [turnId],
  )
  if (!turns.rows[0]) return null
  const { rows } = await client.query<{ last: number }>(
    'select coalesce(max(seq), -1) as last from assistant_events where turn_id = $1',
    [turnId],
  )
  return { ...turns.rows[0], lastSeq: rows[0]!.last }
}

/** Stores events of a turn that is locked, and its end where one of them is terminal. */
export async function storeEvents(
  client: Client,
  { turnId, sessionId }: TurnMessage,
  events: readonly NewEvent[],
): Promise<EventRow[]> {
  const { rows } = await client.query<EventRow>(
    `insert into assistant_events (turn_id, session_id, seq, kind, payload, trace)
     select $1, $2, seq, kind, payload, $4
     from json_to_recordset($3) as e (seq int, kind text, payload json) order by seq returning ${EVENT}`,
    [turnId, sessionId, JSON.stringify(events), newTrace()],
  )
  if (events.some(({ kind }) => isTerminal(kind)))
    await client.query('update assistant_turns set ended_at = now() where id = $1', [turnId])
  return rows
}

/** Publishes what was stored. After the commit. */
export function publishEvents(pubsub: PubSub, turn: TurnMessage, rows: readonly EventRow[]): void {
  for (const row of rows) pubsub.publish(eventsTopic(turn.sessionId), row)
  if (rows.some(({ kind }) => isTerminal(kind))) pubsub.publish(ENDED_TOPIC, { ...turn, isEnd: true })
}

/** Ends an answer with an error; one that is over stays as it is. */
export async function endTurn(pool: Pool, pubsub: PubSub, turnId: string, code: EndCode): Promise<void> {
  const ended = await transaction(pool, async (client) => {
    const turn = await lockTurn(client, turnId)
    if (!turn || turn.isOver) return null
    const event: NewEvent = { seq: turn.lastSeq + 1, kind: 'ERROR', payload: { code, message: SAID[code] } }
    const message = { turnId, sessionId: turn.sessionId }
    return { message, rows: await storeEvents(client, message, [event]) }
  })
  if (ended) publishEvents(pubsub, ended.message, ended.rows)
}
