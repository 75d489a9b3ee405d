import { topic, type RareEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { checkPage, connection, readLastSeen, type Page } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { RareTier, Resolvers } from '../generated/resolvers.ts'
import { countFinders, countNames, countTiers } from './statistics.ts'
import { listRares, rareMatches, raresAfter, type RareWhere } from './store.ts'

const MOST = 500

async function page(pool: Context['pool'], where: RareWhere, page: Page) {
  checkPage(page, MOST)
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
      checkPage({ first }, MOST)
      return countNames(pool, where, first)
    },
    finders({ where }, { first }, { pool }) {
      checkPage({ first }, MOST)
      return countFinders(pool, where, first)
    },
  },
  RareTierCount: { tier: ({ tier }) => tier as RareTier },
  RareNameCount: { tier: ({ tier }) => tier as RareTier },
  RareFinder: { character: ({ character }) => ({ name: character }) },
  Character: {
    async rares({ name }, page, { load }) {
      checkPage(page, MOST)
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
      subscribe(_, { where, after }, { pool, pubsub, part }) {
        const matches = rareMatches(where ?? {})
        const last = readLastSeen(after, 'a rare')
        return startingWith<RareEvent>({
          pubsub,
          part,
          topics: where?.characters ? where.characters.map((name) => topic('rare', name)) : [topic('rare')],
          ...(after == null
            ? {}
            : {
                look: () => raresAfter(pool, where ?? {}, after),
              }),
          follow: (event) =>
            BigInt((event as RareEvent).id) > last && matches(event as RareEvent) ? (event as RareEvent) : undefined,
          newness: { key: (row) => row.id, version: (row) => row.id },
        })
      },
      resolve: (event: unknown) => event as RareEvent,
    },
  },
}
