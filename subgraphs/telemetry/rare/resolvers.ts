import { topic, type RareEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId, type Page } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { RareTier, Resolvers } from '../generated/resolvers.ts'
import { countFinders, countNames, countTiers } from './statistics.ts'
import { listRares, rareMatches, storedRares, type RareWhere } from './store.ts'

const MAX_PAGE_SIZE = 500

async function page(pool: Context['pool'], where: RareWhere, page: Page) {
  checkPage(page, MAX_PAGE_SIZE)
  const { rows, totalCount } = await listRares(pool, where, page)
  return { ...connection(rows, page, ({ id }) => [id]), totalCount }
}

export const rareResolvers: Resolvers = {
  Query: {
    rares: (_, { where, ...rest }, { pool }) => page(pool, where ?? {}, rest),
    rareStatistics: (_, { where }) => ({ where: where ?? {} }),
  },
  RareStatistics: {
    count: async ({ where }, _, { pool }) => (await countTiers(pool, where)).reduce((sum, { count }) => sum + count, 0),
    tiers: ({ where }, _, { pool }) => countTiers(pool, where),
    names({ where }, { first }, { pool }) {
      checkPage({ first }, MAX_PAGE_SIZE)
      return countNames(pool, where, first)
    },
    finders({ where }, { first }, { pool }) {
      checkPage({ first }, MAX_PAGE_SIZE)
      return countFinders(pool, where, first)
    },
  },
  RareTierCount: { tier: ({ tier }) => tier as RareTier },
  RareNameCount: { tier: ({ tier }) => tier as RareTier },
  RareFinder: { character: ({ character }) => ({ name: character }) },
  Character: {
    async rares({ name }, page, { load }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await load.rares.load({ name, ...page })
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
  },
  Rare: {
    character: ({ character }) => ({ name: character }),
    tier: ({ tier }) => tier as RareTier,
  },
  Subscription: {
    rareFound: {
      subscribe(_, { where, afterId }, { pool, pubsub, phase }) {
        const matches = rareMatches(where ?? {})
        const topics = where?.characters ? where.characters.map((name) => topic('rare', name)) : [topic('rare')]
        const map = (event: unknown) => (matches(event as RareEvent) ? (event as RareEvent) : undefined)
        return factStream<RareEvent>({
          pubsub,
          phase,
          topics,
          afterId: readAfterId(afterId, 'a rare'),
          facts: storedRares(pool, where ?? {}),
          live: () => snapshotThenUpdates<RareEvent>({ pubsub, phase, topics, map }),
        })
      },
      resolve: (event: unknown) => event as RareEvent,
    },
  },
}
