import type { Resolvers } from '../generated/resolvers.ts'
import { resetVisibility, saveVisibility } from './change.ts'
import { conditionNamed, shownTable } from './names.ts'
import { replacedRows } from './store.ts'

export const visibilityResolvers: Resolvers = {
  GmSession: {
    visibility: async ({ id, role }, _, { pool }) => (role === 'GM' ? shownTable(await replacedRows(pool, id)) : null),
  },
  Mutation: {
    saveGmVisibility: async (_, { input }, context) => ({
      visibility: shownTable(await saveVisibility(context, input)),
    }),
    resetGmVisibility: async (_, { input: { sessionId, condition } }, context) => ({
      visibility: shownTable(
        await resetVisibility(context, sessionId, condition == null ? null : conditionNamed(condition)),
      ),
    }),
  },
}
