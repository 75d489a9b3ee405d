import { topic, type InventoryEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { readLastSeen } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { changesAfter } from './store.ts'

export const changeResolvers: Resolvers = {
  InventoryChange: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    inventoryChanged: {
      subscribe(_, { characters, each, after }, { pool, pubsub, part }) {
        const last = readLastSeen(after, 'a change')
        const kind = each || after != null ? 'change' : 'inventory'
        return startingWith<InventoryEvent>({
          pubsub,
          part,
          topics: characters ? characters.map((name) => topic(kind, name)) : [topic(kind)],
          ...(after == null ? {} : { look: () => changesAfter(pool, after, characters ?? null) }),
          follow: (event) => (BigInt((event as InventoryEvent).id) > last ? (event as InventoryEvent) : undefined),
          newness: { key: (row) => row.id, version: (row) => row.id },
        })
      },
      resolve: (event: unknown) => event as InventoryEvent,
    },
  },
}
