import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { actorKinds } from '../audit/resolvers.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { listMcpCalls } from './store.ts'

const MAX_PAGE_SIZE = 500

export const mcpCallResolvers: Resolvers = {
  Query: {
    async mcpCalls(_, { where, ...page }, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listMcpCalls(pool, where ?? {}, page)
      const shown = rows.map((row) => ({ ...row, actorKind: actorKinds[row.actorKind] }))
      return { ...connection(shown, page, ({ id }) => [id]), totalCount }
    },
  },
}
