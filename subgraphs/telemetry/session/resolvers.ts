import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { guildTotals, listSessions } from './store.ts'

const MOST = 500

export const sessionResolvers: Resolvers = {
  Query: { totals: (_, { characters }, { pool }) => guildTotals(pool, characters ?? null) },
  Character: {
    totals: ({ name }, _, { load }) => load.totals.load(name),
    session: ({ name }, _, { load }) => load.lastSession.load(name),
    async sessions({ name }, page, { pool }) {
      checkPage(page, MOST)
      const { rows, totalCount } = await listSessions(pool, name, page)
      return { ...connection(rows, page, ({ startedAt, key }) => [startedAt, key]), totalCount }
    },
  },
  PlaySession: {
    character: ({ character }) => ({ name: character }),
    sessionId: ({ key }) => key || null,
  },
}
