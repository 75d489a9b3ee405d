import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { withStoredNames } from './names.ts'
import { nameSumsOf, sumsOf } from './sums.ts'
import { itemPage, type ItemPage } from './page.ts'

const MAX_NAMES = 500

const rowsOf = async (page: ItemPage) => connection(await page.rows(), page, () => [])

export const searchResolvers: Resolvers = {
  Query: {
    items: async (_, asked, { pool }) => itemPage(pool, { ...asked, where: await withStoredNames(pool, asked.where) }),
  },
  Inventory: {
    items: async ({ character }, asked, { load, pool }) =>
      load.pages(character, { ...asked, where: await withStoredNames(pool, asked.where) }),
  },
  // Each part is read only when it is asked for.
  ItemConnection: {
    edges: async (page) => (await rowsOf(page)).nodes.map((node) => ({ node, cursor: page.cursorOf(node) })),
    nodes: async (page) => (await rowsOf(page)).nodes,
    async pageInfo(page) {
      const { nodes, pageInfo } = await rowsOf(page)
      const [begin, end] = [nodes[0], nodes.at(-1)]
      return {
        ...pageInfo,
        startCursor: begin ? page.cursorOf(begin) : null,
        endCursor: end ? page.cursorOf(end) : null,
      }
    },
    totalCount: (page) => page.count(),
    facets: (page) => page.facets(),
    async sums(page) {
      const summed = await page.summed()
      return { ...(await sumsOf(summed)), summed }
    },
  },
  ItemSums: {
    names({ summed }, { first }) {
      checkPage({ first }, MAX_NAMES)
      return nameSumsOf(summed, first)
    },
  },
}
