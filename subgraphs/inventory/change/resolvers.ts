import { topic, type InventoryEvent } from '../../../shared/contract/topics.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { readLastSeen } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { changesAfter } from './store.ts'

export const changeResolvers: Resolvers = {
  InventoryChange: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    inventoryChanged: {
      subscribe(_, { characters, unbatched, afterId }, { pool, pubsub, phase }) {
        const last = readLastSeen(afterId, 'a change')
        const kind = unbatched || afterId != null ? 'change' : 'inventory'
        return snapshotThenUpdates<InventoryEvent>({
          pubsub,
          phase,
          topics: characters ? characters.map((name) => topic(kind, name)) : [topic(kind)],
          ...(afterId == null ? {} : { snapshot: () => changesAfter(pool, afterId, characters ?? null) }),
          map: (event) => (BigInt((event as InventoryEvent).id) > last ? (event as InventoryEvent) : undefined),
          rowVersion: { key: (row) => row.id, version: (row) => row.id },
        })
      },
      resolve: (event: unknown) => event as InventoryEvent,
    },
  },
}
