import { topic, type InventoryEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { readAfterId } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { storedChanges } from './store.ts'

export const changeResolvers: Resolvers = {
  InventoryChange: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    inventoryChanged: {
      subscribe(_, { characters, unbatched, afterId }, { pool, pubsub, phase }) {
        const after = readAfterId(afterId, 'a change')
        const kind = unbatched || after !== null ? 'change' : 'inventory'
        const topics = characters ? characters.map((name) => topic(kind, name)) : [topic(kind)]
        return factStream<InventoryEvent>({
          pubsub,
          phase,
          topics,
          afterId: after,
          facts: storedChanges(pool, characters ?? null),
          live: () =>
            snapshotThenUpdates<InventoryEvent>({ pubsub, phase, topics, map: (event) => event as InventoryEvent }),
        })
      },
      resolve: (event: unknown) => event as InventoryEvent,
    },
  },
}
