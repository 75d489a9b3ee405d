import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { guildTotals } from './store.ts'

const MAX_PAGE_SIZE = 500

export const sessionResolvers: Resolvers = {
  Query: {
    totals: async (_, { characters }, { pool }) => guildTotals(pool, await charactersNamed(pool, characters)),
  },
  Character: {
    totals: ({ name }, _, { load }) => load.totals.load(name),
    playSession: ({ name }, _, { load }) => load.lastSession.load(name),
    async playSessions({ name }, page, { load }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await load.sessions.load({ name, ...page })
      return { ...connection(rows, page, ({ startedAt, key }) => [startedAt, key]), totalCount }
    },
  },
  PlaySession: {
    character: ({ character }) => ({ name: character }),
    sessionId: ({ key }) => key || null,
  },
}
