import { topic, type InventoryEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { checkPage, connection, type Page } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { countItems, findItem, itemKey, listItems, type ItemWhere } from './store.ts'

const MOST = 1_000
const MOST_SPELLS = 1_000

async function page(pool: Context['pool'], where: ItemWhere, page: Page) {
  checkPage(page, MOST)
  const [rows, totalCount] = await Promise.all([listItems(pool, where, page), countItems(pool, where)])
  return { ...connection(rows, page, itemKey), totalCount }
}

export const itemResolvers: Resolvers = {
  Query: {
    items: (_, { where, ...rest }, { pool }) => page(pool, where ?? {}, rest),
    item: (_, { id }, { pool }) => findItem(pool, id),
  },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    inventory: ({ name }, _, { load }) => load.inventory.load(name),
  },
  Inventory: {
    items: ({ character }, { where, ...rest }, { pool }) => page(pool, { ...where, characters: [character] }, rest),
  },
  Item: {
    __resolveReference: ({ id }, { pool }) => findItem(pool, id),
    id: ({ server, gameId }) => `${server}:${gameId}`,
    character: ({ owner }) => (owner === null ? null : { name: owner }),
    spells: ({ spells }) => spells.slice(0, MOST_SPELLS),
    activeSpells: ({ activeSpells }) => activeSpells.slice(0, MOST_SPELLS),
    equipped: ({ wieldedLocation }) => wieldedLocation !== null,
    appraised: ({ appraisedAt }) => appraisedAt !== null,
  },
  InventoryChange: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    inventoryChanged: {
      subscribe: (_, { characters }, { pubsub, part }) =>
        startingWith<InventoryEvent>({
          pubsub,
          part,
          topics: characters ? characters.map((name) => topic('inventory', name)) : [topic('inventory')],
          follow: (event) => event as InventoryEvent,
        }),
      resolve: (event: unknown) => event as InventoryEvent,
    },
  },
}
