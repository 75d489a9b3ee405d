import { eventsTopic } from '../../../shared/contract/assistant.ts'
import type { VersionedStream } from '../../../shared/pubsub/row-versions.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { fault } from '../../../shared/errors.ts'
import { checkPage, connection, readLastSeen } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { AssistantDriver, AssistantTask, Resolvers } from '../generated/resolvers.ts'
import { allowanceOf, ask, ASKS_AN_HOUR, createSession, LONGEST_MESSAGE, removeSession } from './ask.ts'
import { endTurn } from './end-turn.ts'
import { reportEvents } from './report.ts'
import { eventsAfter, eventsOfTurn, findSession, listSessions, listTurns, TURN } from './rows.ts'
import type { EventRow, TurnRow } from './rows.ts'
import { taskStream } from './tasks.ts'

const MAX_PAGE = 100
const MAX_AT_ONCE = 4_000
const LONGEST_MODEL = 100

/** The events of a session after an id, then those that come. */
function followEvents(
  context: Context,
  sessionId: string,
  afterId: string | null | undefined,
): VersionedStream<EventRow> {
  const { pool, pubsub, followers, phase } = context
  const last = readLastSeen(afterId, 'an event')
  let leave: () => void = () => undefined
  return snapshotThenUpdates<EventRow>({
    pubsub,
    phase,
    topics: [eventsTopic(sessionId)],
    async snapshot() {
      leave = followers.add(sessionId)
      const rows = await eventsAfter(pool, sessionId, last, MAX_AT_ONCE + 1)
      if (rows.length > MAX_AT_ONCE)
        throw fault(
          'BAD_USER_INPUT',
          'More events follow than are sent at once: read the turns, and follow from there.',
        )
      return rows
    },
    map: (event) => (BigInt((event as EventRow).id) > last ? (event as EventRow) : undefined),
    rowVersion: { key: ({ id }) => id, version: ({ id }) => id },
    onEnd: () => leave(),
  })
}

async function stopTurn({ pool, pubsub }: Context, id: string): Promise<TurnRow> {
  await endTurn(pool, pubsub, id, 'STOPPED')
  const { rows } = await pool.query<TurnRow>(`select ${TURN} from assistant_turns where id = $1`, [id])
  if (!rows[0]) throw fault('NOT_FOUND', 'There is no such question.')
  return rows[0]
}

/** Deletes a session after the answer under way in it has ended, so that the process working on it stops. */
async function deleteSession({ pool, pubsub, viewer }: Context, id: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'select id from assistant_turns where session_id = $1 and ended_at is null',
    [id],
  )
  for (const turn of rows) await endTurn(pool, pubsub, turn.id, 'STOPPED')
  if (!(await removeSession(pool, viewer.id, id))) throw fault('NOT_FOUND', 'There is no such chat.')
  return id
}

export const assistantResolvers: Resolvers = {
  Query: {
    async assistantSessions(_, page, { pool, viewer }) {
      checkPage(page, MAX_PAGE)
      const { rows, totalCount } = await listSessions(pool, viewer.id, page)
      return { ...connection(rows, page, ({ usedAt, id }) => [usedAt, id]), totalCount }
    },
    assistantSession: (_, { id }, { pool }) => findSession(pool, id),
    async assistantStatus(_, __, { pool, viewer }) {
      const { left, nextAt } = await allowanceOf(pool, viewer.id)
      const { rows } = await pool.query<{ driver: AssistantDriver; model: string | null }>(
        `select driver, model from assistant_agents where alive_at > now() - interval '15 seconds'
         order by alive_at desc limit 1`,
      )
      return {
        driver: rows[0]?.driver ?? 'BUILTIN',
        model: rows[0]?.model ?? null,
        available: rows.length > 0,
        questionsPerHour: ASKS_AN_HOUR,
        questionsLeft: left,
        nextQuestionAt: nextAt,
        maxMessageLength: LONGEST_MESSAGE,
      }
    },
  },
  AssistantSession: {
    async turns({ id }, page, { pool }) {
      checkPage(page, MAX_PAGE)
      const { rows, totalCount } = await listTurns(pool, id, page)
      return { ...connection(rows, page, (row) => [row.askedAt, row.id]), totalCount }
    },
  },
  AssistantTurn: { events: ({ id }, _, { pool }) => eventsOfTurn(pool, id) },
  Mutation: {
    createAssistantSession: async (_, __, { pool, viewer }) => ({ session: await createSession(pool, viewer.id) }),
    async ask(_, { input: { sessionId, message } }, context) {
      const turn = await ask(context, sessionId, message)
      return { turn, questionsLeft: (await allowanceOf(context.pool, context.viewer.id)).left }
    },
    deleteAssistantSession: async (_, { input: { id } }, context) => ({
      deletedSessionId: await deleteSession(context, id),
    }),
    stopTurn: async (_, { input: { id } }, context) => ({ turn: await stopTurn(context, id) }),
    reportTurnEvents: (_, { input: { turnId, events } }, context) => reportEvents(context, turnId, events),
  },
  Subscription: {
    assistantEvents: {
      subscribe: (_, { sessionId, afterId }, context) => followEvents(context, sessionId, afterId),
      resolve: (event: unknown) => event as EventRow,
    },
    assistantAsked: {
      subscribe(_, { driver, model = null }, context) {
        if (model !== null && model.length > LONGEST_MODEL)
          throw fault('BAD_USER_INPUT', `The name of a model has at most ${LONGEST_MODEL} characters.`)
        return taskStream(context, context.phase, { driver, model })
      },
      resolve: (task: unknown) => task as AssistantTask,
    },
  },
}
