import { TRACE_TOPIC } from '../../../shared/contract/traces.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { checkPage, connection, readAfterId, type Page } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import { countFrames, listFrames } from '../world/frames.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import {
  countSessions,
  countSteps,
  findSession,
  listSessions,
  listSteps,
  readSessionId,
  storedSteps,
  type StepRow,
} from './store.ts'

const MAX_SESSIONS = 100
const MAX_STEPS = 500
const MAX_FRAMES = 50

async function sessionsOf({ pool, viewer }: Pick<Context, 'pool' | 'viewer'>, player: string | null, page: Page) {
  checkPage(page, MAX_SESSIONS)
  const rows = await listSessions(pool, viewer, player, page)
  return { ...connection(rows, page, ({ id }) => [id]), count: () => countSessions(pool, viewer, player) }
}

export const traceResolvers: Resolvers = {
  Query: {
    traceSessions: (_, { player, ...page }, context) => sessionsOf(context, player ?? null, page),
    traceSession: (_, { id }, { pool, viewer }) => findSession(pool, viewer, readSessionId(id)),
  },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    traceSessions: ({ name }, page, context) => sessionsOf(context, name, page),
  },
  TraceSessionConnection: { totalCount: ({ count }) => count() },
  WorldFrameConnection: { totalCount: ({ count }) => count() },
  TraceStepConnection: { totalCount: ({ count }) => count() },
  TraceSession: {
    async steps({ id }, page, { pool }) {
      checkPage(page, MAX_STEPS)
      const rows = await listSteps(pool, id, page)
      return { ...connection(rows, page, (step) => [step.id]), count: () => countSteps(pool, id) }
    },
    async frames(session, page, { pool }) {
      checkPage(page, MAX_FRAMES)
      const rows = await listFrames(pool, session, page)
      return { ...connection(rows, page, (frame) => [frame.id]), count: () => countFrames(pool, session) }
    },
  },
  TraceStep: {
    session: async ({ sessionId }, _, { load }) => (await load.sessions.load(sessionId))!,
  },
  Subscription: {
    traceSteps: {
      subscribe: (_, { sessionId, afterId }, { pool, pubsub, phase, viewer }) =>
        factStream<StepRow>({
          pubsub,
          phase,
          topics: [TRACE_TOPIC],
          afterId: readAfterId(afterId, 'a change of a step'),
          facts: storedSteps(pool, viewer, sessionId == null ? null : readSessionId(sessionId)),
        }),
      resolve: (event: unknown) => event as StepRow,
    },
  },
}
