import type { Resolvers } from '../generated/resolvers.ts'
import { livePortals, portalsAt } from './store.ts'

export const portalResolvers: Resolvers = {
  Query: {
    portals: (_, { text, at }, { pool }) =>
      at ? portalsAt(pool, text ?? null, new Date(at)) : livePortals(pool, text ?? null),
  },
  Portal: {
    discoveredBy: ({ discoveredBy }) => ({ name: discoveredBy }),
  },
}
