import { transaction } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { mustBeUuid, type Context } from '../context.ts'
import type { AssistantEventKind } from '../generated/resolvers.ts'
import { isTerminal, lockTurn, publishEvents, storeEvents } from './end-turn.ts'

const MAX_IN_A_REPORT = 100
const MAX_IN_A_TURN = 2_000
const LONGEST_PAYLOAD = 65_536
const NO_TURN = 'There is no such turn.'

interface Reported {
  seq: number
  kind: AssistantEventKind
  payload: unknown
}

/**
 * Stores what the process that answers reports. What is stored already is passed over, so that a report may be
 * repeated.
 * @throws BAD_USER_INPUT for events that do not follow on those stored, or are too large or too many
 */
export async function reportEvents(
  { pool, pubsub }: Context,
  turnId: string,
  events: readonly Reported[],
): Promise<{ over: boolean; lastSeq: number }> {
  mustBeUuid(turnId, NO_TURN)
  checkEvents(events)
  const stored = await transaction(pool, async (client) => {
    const turn = await lockTurn(client, turnId)
    if (!turn) throw fault('NOT_FOUND', NO_TURN)
    const about = { turnId, sessionId: turn.sessionId }
    const fresh = turn.isOver ? [] : events.filter(({ seq }) => seq > turn.lastSeq)
    if (!fresh.length) return { about, over: turn.isOver, lastSeq: turn.lastSeq, rows: [] }
    if (fresh[0]!.seq !== turn.lastSeq + 1)
      throw fault('BAD_USER_INPUT', `The next event of this turn has seq ${turn.lastSeq + 1}.`)
    const last = fresh.at(-1)!
    if (last.seq >= MAX_IN_A_TURN && !isTerminal(last.kind))
      throw fault('BAD_USER_INPUT', `A turn has at most ${MAX_IN_A_TURN} events.`)
    const rows = await storeEvents(client, about, fresh)
    return { about, over: isTerminal(last.kind), lastSeq: last.seq, rows }
  })
  publishEvents(pubsub, stored.about, stored.rows)
  return { over: stored.over, lastSeq: stored.lastSeq }
}

function checkEvents(events: readonly Reported[]): void {
  if (events.length < 1 || events.length > MAX_IN_A_REPORT)
    throw fault('BAD_USER_INPUT', `A report has 1 to ${MAX_IN_A_REPORT} events.`)
  for (const [nth, { seq, kind, payload }] of events.entries()) {
    if (seq < 1 || (nth > 0 && seq !== events[nth - 1]!.seq + 1))
      throw fault('BAD_USER_INPUT', 'Events count up by one, from 1.')
    if (isTerminal(kind) && nth < events.length - 1) throw fault('BAD_USER_INPUT', 'Nothing follows the end of a turn.')
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
      throw fault('BAD_USER_INPUT', 'The content of an event is an object.')
    if (JSON.stringify(payload).length > LONGEST_PAYLOAD)
      throw fault('BAD_USER_INPUT', `The content of an event has at most ${LONGEST_PAYLOAD} characters as JSON.`)
  }
}
