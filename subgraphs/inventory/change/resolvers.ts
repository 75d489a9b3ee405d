import { topic, type InventoryEvent } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { changesAfter } from './store.ts'

export const changeResolvers: Resolvers = {
  InventoryChange: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    inventoryChanged: {
      subscribe(_, { characters, each, after }, { pool, pubsub, part }) {
        if (after != null && !/^\d{1,18}$/.test(after)) throw fault('BAD_USER_INPUT', '`after` is the id of a change.')
        const last = after == null ? 0n : BigInt(after)
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
