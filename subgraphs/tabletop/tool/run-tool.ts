// Runs a tool within a turn: computes, and stores what it changed with its events, in one transaction.
import { z } from 'zod'
import { GAME_CALLS_TOPIC, type PublishedGameCall } from '../../../shared/contract/game.ts'
import { fault } from '../../../shared/errors.ts'
import { listCharacters, type CharacterRow } from '../character/store.ts'
import { mustBeUuid, type Context } from '../context.ts'
import { shownRoll, storeRolls } from '../roll/store.ts'
import { newestTests } from '../roll/tests.ts'
import { RuleError } from '../rules/rule-error.ts'
import { roleIn } from '../session/store.ts'
import { writeSession, type SessionWriter } from '../session/write-session.ts'
import { playedIn, storeChange } from '../table/store-change.ts'
import { findTurn, withDice, type TurnRow } from '../turn/store.ts'
import { tableWith } from '../visibility/store.ts'
import { rerollTool } from './reroll-failures.ts'
import { tools } from './tools.ts'
import type { Outcome, Table, Tool } from './tool.ts'

const MAX_CALLS = 60
const LONGEST_CALL_ID = 100
const LONGEST_ARGUMENTS = 8_192
/** Escapes in JSON that Postgres does not store. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i

export interface Call {
  turnId: string
  callId: string
  tool: string
  arguments: unknown
}

/** The result of a call, as it is stored and answered. */
export interface CallResult {
  ok: boolean
  result: Record<string, unknown> | null
  error: string | null
}

/**
 * Runs a call, or gives the stored result of one that was run already.
 * @throws NOT_FOUND without such a turn, BAD_USER_INPUT for a turn that is over, or too much
 */
export async function runTool(context: Context, call: Call): Promise<CallResult> {
  const { turnId, callId } = call
  mustBeUuid(turnId, 'There is no such turn.')
  if (callId.length > LONGEST_CALL_ID || callId.includes('\0') || call.tool.includes('\0'))
    throw fault('BAD_USER_INPUT', `\`callId\` has at most ${LONGEST_CALL_ID} characters.`)
  const given = JSON.stringify(call.arguments ?? null)
  if (UNSTORABLE.test(given)) throw fault('BAD_USER_INPUT', 'Arguments have no character U+0000 and no half of a pair.')
  if (given.length > LONGEST_ARGUMENTS)
    throw fault('BAD_USER_INPUT', `Arguments have at most ${LONGEST_ARGUMENTS} characters as JSON.`)
  const known = await findTurn(context.pool, turnId)
  if (!known) throw fault('NOT_FOUND', 'There is no such turn.')
  return writeSession(context, known.sessionId, async (session) => {
    const { client } = session
    const turn = await findTurn(client, turnId)
    const { rows } = await client.query<{ callId: string; result: CallResult }>(
      'select call_id as "callId", result from gm_tool_calls where turn_id = $1',
      [turnId],
    )
    const stored = rows.find((row) => row.callId === callId)
    if (stored) return { result: stored.result }
    if (!turn || turn.endedAt !== null) throw fault('BAD_USER_INPUT', 'This turn is over.')
    if (rows.length >= MAX_CALLS) throw fault('BAD_USER_INPUT', `A turn has at most ${MAX_CALLS} calls of tools.`)
    const { isPrivate, ...result } = await runIn(session, turn, call)
    const called = await client.query<{ at: Date | string }>(
      `insert into gm_tool_calls (turn_id, call_id, tool, arguments, result, is_private)
       values ($1, $2, $3, $4, $5, $6)
       returning at`,
      [turnId, callId, call.tool, JSON.stringify(call.arguments ?? null), JSON.stringify(result), isPrivate],
    )
    const published: PublishedGameCall = {
      ...{ turnId, callId, tool: call.tool, arguments: call.arguments ?? null, ok: result.ok },
      result: result.ok ? result.result : result.error,
      at: new Date(called.rows[0]!.at).toISOString(),
    }
    return { result, publish: [[GAME_CALLS_TOPIC, published]] }
  })
}

async function runIn(session: SessionWriter, turn: TurnRow, { tool: name, arguments: given }: Call) {
  const { client, sessionId } = session
  const about = { turnId: turn.id, traceId: turn.traceId }
  session.add({ ...about, kind: 'TOOL_EXECUTION', payload: { tools: [name], arguments: given ?? null } })
  const role = (await roleIn(client, sessionId, turn.userId)) ?? 'SPECTATOR'
  const characters = await listCharacters(client, sessionId)
  const { initiative, visibility: replaced } = await playedIn(client, sessionId)
  const actor = characters.find(({ id }) => id === turn.characterId) ?? null
  const visibility = tableWith(replaced)
  const tests = name === rerollTool.name ? await newestTests(client, sessionId) : []
  const onlooker = { userId: turn.userId, role }
  const computed = await withDice(client, turn.id, (dice) =>
    compute(name, given, { onlooker, actor, characters, dice, initiative, visibility, tests }),
  )
  if (typeof computed === 'string') {
    session.add({ ...about, kind: 'TOOL_RESULT', payload: { tool: name, ok: false, error: computed } })
    return { ok: false, result: null, error: computed, isPrivate: false }
  }
  const { result, shown = result, rolls = [], changed = [] } = computed
  const title = tools.find((one) => one.name === name)?.title ?? name
  const what = `${title}: ${actor?.name ?? turn.by}`
  const order = await storeChange(session, { turnId: turn.id, what }, { characters, initiative }, computed)
  await storeRolls(client, { sessionId, turnId: turn.id, secret: null, visibleTo: null }, rolls)
  for (const rolled of rolls) session.add({ ...about, kind: 'ROLL', payload: shownRoll(rolled) })
  if (order) session.add({ ...about, kind: 'INITIATIVE', payload: { initiative: order } })
  session.add({
    ...about,
    kind: 'TOOL_RESULT',
    payload: { tool: name, ok: true, result: shown, changed: changed.map(shownState) },
  })
  return { ok: true, result, error: null, isPrivate: computed.shown !== undefined }
}

/** A changed state as everybody may see it: of an opponent its wounds alone. */
const shownState = ({ id, name, isOpponent, state }: CharacterRow) =>
  isOpponent ? { id, name, physical: state.physical, stun: state.stun } : { id, name, ...state }

/** What a tool computes, or why it refuses. */
function compute(name: string, given: unknown, table: Table): Outcome | string {
  const tool: Tool | undefined = tools.find((one) => one.name === name)
  if (!tool) return `There is no tool ${name}. There are: ${tools.map((one) => one.name).join(', ')}.`
  const input = tool.input.safeParse(given)
  if (!input.success) return z.prettifyError(input.error)
  try {
    return tool.run(input.data as never, table)
  } catch (error) {
    if (error instanceof RuleError) return error.message
    throw error
  }
}
