// The original's chat with its assistant, over the graph's.
import { z } from 'zod'
import { allPages, Refusal, type Ask, type Follow } from './ask.ts'
import { LegacyApiAssistantAnswerDocument } from './assistant-answer.subscription.gen.ts'
import { LegacyApiAssistantAskDocument } from './assistant-ask.mutation.gen.ts'
import {
  LegacyApiAssistantHistoryDocument,
  type LegacyApiAssistantHistoryQuery,
} from './assistant-history.query.gen.ts'
import { LegacyApiAssistantNewDocument } from './assistant-new.mutation.gen.ts'
import { LegacyApiAssistantStopDocument } from './assistant-stop.mutation.gen.ts'
import { endpoint, type Pieces } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'

const family = 'Assistant'
const MAX_TURNS = 500

const sessionId = z.uuid('must be a UUID')

export const assistantHealth = endpoint({
  path: '/agent/health',
  family,
  who: 'anybody',
  says: 'That the assistant’s addresses are there. Whether a process answers is in the graph: `assistantStatus`.',
  answer: z.object({ status: z.string() }),
  run: () => Promise.resolve({ status: 'ok' }),
})

export const newAssistantSession = endpoint({
  method: 'POST',
  path: '/agent/sessions/new',
  family,
  says: 'Begins a chat, which only its owner sees.',
  answer: z.object({ session_id: z.string() }),
  async run(_, ask) {
    return { session_id: (await ask(LegacyApiAssistantNewDocument)).createAssistantSession.session.id }
  },
})

const answer = z.object({
  result: z.string(),
  session_id: z.string(),
  duration_ms: z.int(),
  num_turns: z.int(),
  is_error: z.boolean(),
})

export const askAssistant = endpoint({
  method: 'POST',
  path: '/agent/ask',
  family,
  says: 'Asks the assistant, and waits for its whole answer. It stops when the connection is closed.',
  body: z.object({ session_id: sessionId, message: z.string().min(1).max(10_000) }),
  answer,
  media: 'application/json; charset=utf-8',
  async run({ body }, ask, follow) {
    const begun = performance.now()
    const { session, turn } = await asked(ask, body.session_id, body.message)
    return whole(turn, session, begun, ask, follow)
  },
})

/** Asks in the session, or in a new one where that is not the caller's: the original's pages make up their own ids. */
async function asked(ask: Ask, session: string, message: string) {
  const inSession = async (id: string) => {
    const { turn } = (await ask(LegacyApiAssistantAskDocument, { input: { sessionId: id, message } })).ask
    return { session: id, turn }
  }
  try {
    return await inSession(session)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'NOT_FOUND') throw error
    return inSession((await ask(LegacyApiAssistantNewDocument)).createAssistantSession.session.id)
  }
}

/** The answer to a question as one text, once it has ended. Leaving before that stops it. */
async function whole(
  turn: { id: string; events: readonly { id: string }[] },
  session: string,
  begun: number,
  ask: Ask,
  follow: Follow,
): Promise<Pieces> {
  const events = await follow(LegacyApiAssistantAnswerDocument, { sessionId: session, afterId: turn.events[0]!.id })
  let isOver = false
  const stop = async () => {
    await events.return?.()
    if (!isOver) await ask(LegacyApiAssistantStopDocument, { id: turn.id }).catch(() => undefined) // it may be over
    isOver = true
  }
  const pieces: Pieces = {
    async next() {
      if (isOver) return { value: undefined, done: true }
      let result = ''
      let calls = 0
      for (let step = await events.next(); !step.done; step = await events.next()) {
        const { turnId, kind, payload } = step.value.assistantEvents
        if (turnId !== turn.id) continue
        if (kind === 'TEXT') result += (payload as { text: string }).text
        if (kind === 'TOOL_CALL') calls++
        if (kind !== 'DONE' && kind !== 'ERROR') continue
        isOver = true
        const failed = kind === 'ERROR'
        const value: z.output<typeof answer> = {
          result: failed ? (payload as { message: string }).message : result,
          session_id: session,
          duration_ms: Math.round(performance.now() - begun),
          num_turns: calls + 1,
          is_error: failed,
        }
        return { value: JSON.stringify(value), done: false }
      }
      return { value: undefined, done: true }
    },
    async return() {
      await stop()
      return { value: undefined, done: true }
    },
    [Symbol.asyncIterator]: () => pieces,
  }
  return pieces
}

type Turn = NonNullable<LegacyApiAssistantHistoryQuery['assistantSession']>['turns']['nodes'][number]

export const assistantHistory = endpoint({
  path: '/agent/sessions/{session_id}/history',
  family,
  says: `What was said in a chat of one’s own, oldest first: the newest ${MAX_TURNS} questions. Empty of any other.`,
  answer: z.object({
    messages: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string(), timestamp: moment })),
  }),
  async run({ path: { session_id: id } }, ask) {
    if (!sessionId.safeParse(id).success) throw new Refusal('BAD_USER_INPUT', 'session_id must be a UUID.')
    const turns = await allPages<Turn>(MAX_TURNS, async (after) => {
      const { assistantSession } = await ask(LegacyApiAssistantHistoryDocument, { id, after })
      return assistantSession?.turns ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
    }).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'NOT_FOUND') return []
      throw error
    })
    return { messages: turns.reverse().flatMap(messagesOf) }
  },
})

function messagesOf({ message, askedAt, endedAt, events }: Turn) {
  const text = events.map(({ kind, payload }) => (kind === 'TEXT' ? (payload as { text: string }).text : '')).join('')
  return [
    { role: 'user' as const, text: message, timestamp: isoformat(askedAt) },
    ...(text ? [{ role: 'assistant' as const, text, timestamp: isoformat(endedAt ?? askedAt) }] : []),
  ]
}
