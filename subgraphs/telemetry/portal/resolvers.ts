import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { checkNear } from '../place/near.ts'
import { listPortals } from './store.ts'

const MAX_PAGE_SIZE = 1_000

export const portalResolvers: Resolvers = {
  Query: {
    async portals(_, { text, near, at, ...page }, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listPortals(
        pool,
        { text: text ?? null, near: checkNear(near) },
        at ? new Date(at) : null,
        page,
      )
      return {
        ...connection(rows, page, ({ discoveredAt, nsTenths, ewTenths }) => [discoveredAt, nsTenths, ewTenths]),
        totalCount,
      }
    },
  },
  Portal: {
    discoveredBy: ({ discoveredBy }) => ({ name: discoveredBy }),
  },
}
