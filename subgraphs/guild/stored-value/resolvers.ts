import { fault } from '../../../shared/errors.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { deleteValue, listValues, storeValue } from './store.ts'

export const storedValueResolvers: Resolvers = {
  Query: {
    storedValues: (_, { prefix }, { pool, viewer }) => listValues(pool, viewer.id, prefix ?? ''),
  },
  Mutation: {
    async storeValue(_, { input: { key, value } }, { pool, viewer, rateLimits }) {
      if (!(await rateLimits.stores.take(viewer.id)))
        throw fault('TOO_MANY_TRIES', 'This token stored too often within a minute.')
      return { storedValue: await storeValue(pool, viewer.id, key, value) }
    },
    async deleteStoredValue(_, { input: { key } }, { pool, viewer }) {
      if (!(await deleteValue(pool, viewer.id, key)))
        throw fault('NOT_FOUND', 'This token stores no value of this key.')
      return { deletedKey: key }
    },
  },
}
