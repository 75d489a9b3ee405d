import { checkPage } from '../../../shared/serve/connection.ts'
import { eventsSince } from '../event/store.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { diceLog } from './dice-log.ts'
import { recapOf } from './recap.ts'
import { undoNewest } from './undo.ts'

const MAX_ROLLS = 1_000
const MAX_LINES = 500
/** Events that are read for a recap. */
const MAX_EVENTS = 4_000

export const logResolvers: Resolvers = {
  Query: {
    gmDiceLog(_, { sessionId, format, first, after }, { pool, viewer }) {
      checkPage({ first }, MAX_ROLLS)
      return diceLog(pool, { sessionId, userId: viewer.id }, { first, after: after ?? null }, format)
    },
    async gmRecap(_, { sessionId, since }, { pool, viewer }) {
      const events = await eventsSince(pool, { sessionId, userId: viewer.id }, new Date(since), MAX_EVENTS + 1)
      const lines = recapOf(events.slice(0, MAX_EVENTS))
      return {
        since,
        turnCount: events.filter(({ kind }) => kind === 'PROCESSING').length,
        lines: lines.slice(0, MAX_LINES),
        isComplete: events.length <= MAX_EVENTS && lines.length <= MAX_LINES,
      }
    },
  },
  Mutation: {
    undoGmChange: async (_, { input: { sessionId } }, context) => ({ undone: await undoNewest(context, sessionId) }),
  },
}
