import type { Resolvers } from '../generated/resolvers.ts'
import { livePortals } from './store.ts'

export const portalResolvers: Resolvers = {
  Query: { portals: (_, { text }, { pool }) => livePortals(pool, text ?? null) },
  Portal: {
    discoveredBy: ({ discoveredBy }, _, { sight }) =>
      sight.placeOf(discoveredBy) === 'EXACT' ? { name: discoveredBy } : null,
  },
}
