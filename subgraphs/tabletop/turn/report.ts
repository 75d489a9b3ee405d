import type { Client } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { mustBeUuid, type Context } from '../context.ts'
import type { GmEventKind } from '../generated/resolvers.ts'
import { writeSession, type SessionWriter } from '../session/write-session.ts'
import { storeEnd } from './end-turn.ts'
import { unwitnessedIn } from './grounding.ts'
import { findTurn, type TurnRow } from './store.ts'
import { tableState } from './table-state.ts'
import { witnessesIn } from './witnesses.ts'

const MAX_IN_A_REPORT = 100
const MAX_IN_A_TURN = 1_000
const LONGEST_CONTENT = 20_000
const LONGEST_CODE = 60
const NO_TURN = 'There is no such turn.'

export interface Reported {
  number: number
  kind: GmEventKind
  content: string
  code?: string | null | undefined
}

/**
 * Stores what the process that narrates reports. What is stored already is passed over, so that a report may be
 * repeated.
 * @throws BAD_USER_INPUT for events that do not follow on those stored, are too long or too many
 */
export async function reportEvents(
  context: Context,
  turnId: string,
  events: readonly Reported[],
): Promise<{ over: boolean }> {
  mustBeUuid(turnId, NO_TURN)
  checkEvents(events)
  const known = await findTurn(context.pool, turnId)
  if (!known) throw fault('NOT_FOUND', NO_TURN)
  return writeSession<{ over: boolean }>(context, known.sessionId, async (session) => {
    const { client } = session
    const turn = await findTurn(client, turnId)
    if (!turn || turn.endedAt !== null) return { result: { over: true } }
    const last = turn.lastReport
    const fresh = events.filter(({ number }) => number > last)
    if (!fresh.length) return { result: { over: false } }
    if (fresh[0]!.number !== last + 1) throw fault('BAD_USER_INPUT', `The next report has the number ${last + 1}.`)
    await client.query('update gm_turns set last_report = $2 where id = $1', [turnId, fresh.at(-1)!.number])
    const narrated = fresh.filter(({ kind }) => kind === 'NARRATIVE')
    if (narrated.length) await narrate(session, turn, narrated)
    const end = fresh.at(-1)!
    if (end.kind === 'NARRATIVE') return { result: { over: false } }
    const ending =
      end.kind === 'COMPLETE'
        ? ({ kind: 'COMPLETE', content: storable(end.content) } as const)
        : ({ kind: 'ERROR', content: storable(end.content), code: end.code ?? 'UNKNOWN_ERROR' } as const)
    return { result: { over: true }, publish: await storeEnd(session, turn, ending) }
  })
}

/** Stores narration, marked where nothing vouches for it; after a private call the game master alone sees it. */
async function narrate(session: SessionWriter, turn: TurnRow, narrated: readonly Reported[]): Promise<void> {
  const { client } = session
  const { witnesses, isPrivate } = await resultsOf(client, turn)
  for (const { content: text } of narrated) {
    const content = storable(text)
    const unwitnessed = unwitnessedIn(content, witnesses)
    session.add({
      ...{ turnId: turn.id, kind: 'NARRATIVE', traceId: turn.traceId },
      payload: { content, ...(unwitnessed.length && { unwitnessed }), ...(isPrivate && { isPrivate }) },
      visibleTo: isPrivate ? [turn.userId] : null,
    })
  }
}

/** A text as Postgres stores it: what a model writes may hold characters that are none. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()

/**
 * What a narration may name: figures of the message, of results and rolls of the turn, and of the table now; and
 * whether the turn has read what is for the game master alone. Nobody else's turn can.
 */
async function resultsOf(client: Client, { id, message, sessionId }: TurnRow) {
  const { rows } = await client.query<{ result: unknown; isPrivate: boolean }>(
    `select result, is_private as "isPrivate" from gm_tool_calls where turn_id = $1
     union all select roll, false from gm_rolls where turn_id = $1 and visible_to is null`,
    [id],
  )
  const results = rows.map(({ result }) => result)
  const doubted = await doubtedFigures(client, sessionId, id)
  const witnesses = witnessesIn([...results, await tableState(client, sessionId)], message, doubted)
  return { witnesses, isPrivate: rows.some(({ isPrivate }) => isPrivate) }
}

/** Turns in which a figure without a witness is remembered: those that a model may read. */
const REMEMBERED_TURNS = 20

/** Figures that the narration of earlier turns stated without a witness. */
async function doubtedFigures(client: Client, sessionId: string, turnId: string): Promise<Set<string>> {
  const { rows } = await client.query<{ said: string }>(
    `select distinct json_array_elements_text(e.payload -> 'unwitnessed') as said
     from (select id from gm_turns where session_id = $1 and id <> $2 order by started_at desc limit $3) t
     join gm_events e on e.turn_id = t.id and e.kind = 'NARRATIVE'`,
    [sessionId, turnId, REMEMBERED_TURNS],
  )
  return new Set(rows.map(({ said }) => said).filter((said) => /^\d+(?:\.\d+)?$/.test(said)))
}

function checkEvents(events: readonly Reported[]): void {
  if (events.length < 1 || events.length > MAX_IN_A_REPORT)
    throw fault('BAD_USER_INPUT', `A report has 1 to ${MAX_IN_A_REPORT} events.`)
  for (const [nth, { number, kind, content, code }] of events.entries()) {
    if (number < 1 || (nth > 0 && number !== events[nth - 1]!.number + 1))
      throw fault('BAD_USER_INPUT', 'Reports count up by one, from 1.')
    if (kind !== 'NARRATIVE' && kind !== 'COMPLETE' && kind !== 'ERROR')
      throw fault('BAD_USER_INPUT', 'Only narration and the end of a turn are reported.')
    if (kind !== 'NARRATIVE' && nth < events.length - 1)
      throw fault('BAD_USER_INPUT', 'Nothing follows the end of a turn.')
    if (kind === 'NARRATIVE' && number > MAX_IN_A_TURN)
      throw fault('BAD_USER_INPUT', `A turn has at most ${MAX_IN_A_TURN} reports.`)
    if (content.length > LONGEST_CONTENT || (code?.length ?? 0) > LONGEST_CODE)
      throw fault('BAD_USER_INPUT', `A report has at most ${LONGEST_CONTENT} characters, its code ${LONGEST_CODE}.`)
  }
}
