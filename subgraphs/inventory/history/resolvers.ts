import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { slotsOf } from '../../../shared/world/dereth/item-slots.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { idOf } from '../item/store.ts'

const MAX_STAYS = 100
const MAX_ITEMS = 1_000

export const historyResolvers: Resolvers = {
  Item: {
    async history(item, page, { load }) {
      checkPage(page, MAX_STAYS)
      const rows = await load.stays(idOf(item), page)
      return { ...connection(rows, page, (stay) => [stay.id]), count: () => load.stayCount.load(idOf(item)) }
    },
  },
  ItemStayConnection: { totalCount: ({ count }) => count() },
  ItemStay: {
    character: ({ owner }) => (owner === null ? null : { name: owner }),
    wornAt: ({ wieldedLocation }) => slotsOf(wieldedLocation),
  },
  Character: {
    inventoryAt: ({ name }, { at }, { load }) => load.past.load({ character: name, at: new Date(at).toISOString() }),
  },
  InventorySnapshot: {
    async items({ character, at, itemCount }, page, { load }) {
      checkPage(page, MAX_ITEMS)
      const rows = await load.held({ character, at }, page)
      return { ...connection(rows, page, (stay) => [stay.server, stay.gameId, stay.id]), totalCount: itemCount }
    },
  },
  ItemSnapshot: {
    item: async (stay, _, { load }) => (await load.item.load(idOf(stay)))!,
    wornAt: ({ wieldedLocation }) => slotsOf(wieldedLocation),
    equipped: ({ wieldedLocation }) => wieldedLocation !== null,
  },
}
