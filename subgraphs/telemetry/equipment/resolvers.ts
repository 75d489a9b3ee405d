import { topicsOf, type EquipmentEvent } from '../../../shared/contract/topics.ts'
import { wornItemsOf } from '../../../shared/contract/worn-items.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { readAfterId } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { equipmentOf, storedEquipment, type EquipmentRow } from './store.ts'

export const equipmentResolvers: Resolvers = {
  Character: { equipment: ({ name }, _, { load }) => load.equipment.load(name) },
  Equipment: {
    character: ({ character }) => ({ name: character }),
    items: ({ raw }) => wornItemsOf(raw),
  },
  Subscription: {
    equipmentChanged: {
      async subscribe(_, { characters, afterId }, { pool, pubsub, phase }) {
        const names = await charactersNamed(pool, characters)
        const source = { pubsub, phase, topics: topicsOf('equipment', names) }
        return factStream<EquipmentRow>({
          ...source,
          afterId: readAfterId(afterId, 'a change'),
          facts: storedEquipment(pool, names),
          live: () =>
            snapshotThenUpdates<EquipmentRow>({
              ...source,
              snapshot: () => equipmentOf(pool, names),
              map: async (event) => (await equipmentOf(pool, [(event as EquipmentEvent).character]))[0],
            }),
        })
      },
      resolve: (event: unknown) => event as EquipmentRow,
    },
  },
}
