import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { listCharacters, shownTo } from '../character/store.ts'
import { countEvents, listEvents } from '../event/store.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { shownOrder } from '../initiative/shown.ts'
import { initiativeIn } from '../table/store-change.ts'
import { countTurns, turnUnderWay } from '../turn/store.ts'
import { createSession, deleteSession } from './create.ts'
import { invite, join, removeMember } from './members.ts'
import { countSessions, findSession, listMembers, listSessions } from './store.ts'

const MAX_SESSIONS = 100
const MAX_EVENTS = 200

export const sessionResolvers: Resolvers = {
  Query: {
    async gmSessions(_, page, { pool, viewer }) {
      checkPage(page, MAX_SESSIONS)
      const rows = await listSessions(pool, viewer.id, page)
      return {
        ...connection(rows, page, ({ usedAt, id }) => [usedAt, id]),
        count: () => countSessions(pool, viewer.id),
      }
    },
    gmSession: (_, { id }, { pool, viewer }) => findSession(pool, viewer.id, id),
  },
  GmSessionConnection: { totalCount: ({ count }) => count() },
  GmEventConnection: { totalCount: ({ count }) => count() },
  GmSession: {
    members: ({ id }, _, { pool }) => listMembers(pool, id),
    async characters({ id, role }, _, { pool, viewer }) {
      const rows = await listCharacters(pool, id)
      return rows.map((row) => shownTo({ userId: viewer.id, role }, row))
    },
    async initiative({ id }, _, { pool }) {
      const [order, characters] = await Promise.all([initiativeIn(pool, id), listCharacters(pool, id)])
      return order && shownOrder(order, characters)
    },
    turn: ({ id }, _, { pool }) => turnUnderWay(pool, id),
    turnCount: ({ id }, _, { pool }) => countTurns(pool, id),
    async events({ id }, page, { pool, viewer }) {
      checkPage(page, MAX_EVENTS)
      const of = { sessionId: id, userId: viewer.id }
      const rows = await listEvents(pool, of, page)
      return { ...connection(rows, page, (row) => [row.id]), count: () => countEvents(pool, of) }
    },
  },
  Mutation: {
    createGmSession: async (_, { input }, context) => ({
      session: await findSession(
        context.pool,
        context.viewer.id,
        await createSession(context, input.title, input.withSamples ?? false),
      ),
    }),
    deleteGmSession: async (_, { input: { sessionId } }, context) => ({
      deletedSessionId: await deleteSession(context, sessionId),
    }),
    inviteToGmSession: (_, { input: { sessionId, role = 'PLAYER' } }, context) => invite(context, sessionId, role),
    joinGmSession: async (_, { input: { code } }, context) => ({
      session: await findSession(context.pool, context.viewer.id, await join(context, code)),
    }),
    async removeGmMember(_, { input: { sessionId, userId } }, context) {
      await removeMember(context, sessionId, userId)
      return { session: await findSession(context.pool, context.viewer.id, sessionId) }
    },
  },
}
