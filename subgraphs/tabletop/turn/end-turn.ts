// How a turn ends: exactly once, with the secret of its dice and the commitment of the next ones.
import { writeSession, type SessionWriter, type Stores } from '../session/write-session.ts'
import { drawNextTurn, findTurn, secretOf, type TurnRow } from './store.ts'
import { ENDED_TOPIC, type TurnMessage } from './topics.ts'

/** Why the graph itself ends a turn. */
export type EndCode = 'STOPPED' | 'NOT_TAKEN' | 'PROCESS_GONE' | 'API_TIMEOUT'

const TEXTS: Record<EndCode, string> = {
  STOPPED: 'The turn was stopped.',
  NOT_TAKEN: 'The game master is not running: nobody took the turn. Say it again later.',
  PROCESS_GONE: 'The game master was interrupted. What was rolled counts; say what you do next.',
  API_TIMEOUT: 'The turn took too long.',
}

/** What ends a turn. */
export type Ending = { kind: 'COMPLETE'; content: string } | { kind: 'ERROR'; content: string; code: string }

/** Ends a turn within a change of its session; gives what to publish after the commit. */
export async function storeEnd(session: SessionWriter, turn: TurnRow, { kind, ...payload }: Ending) {
  const secret = await secretOf(session.client, turn.id)
  const nextCommitment = await drawNextTurn(session.client, session.sessionId)
  session.add({ turnId: turn.id, kind, payload: { ...payload, secret, nextCommitment }, traceId: turn.traceId })
  const message: TurnMessage = { turnId: turn.id, sessionId: session.sessionId, isEnd: true }
  return [[ENDED_TOPIC, message]] as const
}

/** Ends a turn with an error; one that is over stays as it is. */
export async function endTurn(stores: Stores, { turnId, sessionId }: TurnMessage, code: EndCode): Promise<void> {
  await writeSession(stores, sessionId, async (session) => {
    const turn = await findTurn(session.client, turnId)
    if (!turn || turn.endedAt !== null) return { result: undefined }
    return { result: undefined, publish: await storeEnd(session, turn, { kind: 'ERROR', code, content: TEXTS[code] }) }
  })
}
