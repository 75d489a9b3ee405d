import { topicsOf, type InventoryEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { listChanges, storedChanges } from './store.ts'

const MAX_PAGE_SIZE = 500

export const changeResolvers: Resolvers = {
  Query: {
    async inventoryChanges(_, { where, ...page }, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const stored = { ...where, characters: await charactersNamed(pool, where?.characters) }
      const { rows, count } = await listChanges(pool, stored, page)
      return { ...connection(rows, page, ({ id }) => [id]), count }
    },
  },
  InventoryChangeConnection: { totalCount: ({ count }) => count() },
  InventoryChange: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    inventoryChanged: {
      async subscribe(_, { characters, unbatched, afterId }, { pool, pubsub, phase }) {
        const names = await charactersNamed(pool, characters)
        const after = readAfterId(afterId, 'a change')
        const kind = unbatched || after !== null ? 'change' : 'inventory'
        const topics = topicsOf(kind, names)
        return factStream<InventoryEvent>({
          pubsub,
          phase,
          topics,
          afterId: after,
          facts: storedChanges(pool, names),
          live: () =>
            snapshotThenUpdates<InventoryEvent>({ pubsub, phase, topics, map: (event) => event as InventoryEvent }),
        })
      },
      resolve: (event: unknown) => event as InventoryEvent,
    },
  },
}
