import { topicsOf, type RareEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId, type Page } from '../../../shared/serve/connection.ts'
import { storedFact } from '../../../shared/serve/stored-facts.ts'
import type { Context } from '../context.ts'
import type { RareTier, Resolvers } from '../generated/resolvers.ts'
import { countFinders, countNames, countTiers } from './statistics.ts'
import { placeInWords } from '../place/near.ts'
import { needsStore } from '../place/subject.ts'
import { listRares, rareMatches, storedRares, withStoredRares, type RareWhere } from './store.ts'

const MAX_PAGE_SIZE = 500

async function page(context: Context, asked: RareWhere | null | undefined, page: Page) {
  checkPage(page, MAX_PAGE_SIZE)
  const where = await withStoredRares(context.pool, asked)
  const { rows, totalCount } = await listRares(context.pool, where, page, context)
  return { ...connection(rows, page, ({ id }) => [id]), totalCount }
}

export const rareResolvers: Resolvers = {
  Query: {
    rares: (_, { where, ...rest }, context) => page(context, where, rest),
    rareStatistics: async (_, { where }, context) => ({
      where: await withStoredRares(context.pool, where),
      asker: context,
    }),
  },
  RareStatistics: {
    count: async (selection, _, { pool }) =>
      (await countTiers(pool, selection)).reduce((sum, { count }) => sum + count, 0),
    tiers: (selection, _, { pool }) => countTiers(pool, selection),
    names(selection, { first }, { pool }) {
      checkPage({ first }, MAX_PAGE_SIZE)
      return countNames(pool, selection, first)
    },
    finders(selection, { first }, { pool }) {
      checkPage({ first }, MAX_PAGE_SIZE)
      return countFinders(pool, selection, first)
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
    ...placeInWords,
    character: ({ character }) => ({ name: character }),
    tier: ({ tier }) => tier as RareTier,
  },
  Subscription: {
    rareFound: {
      async subscribe(_, { where: asked, afterId }, context) {
        const { pool, pubsub, phase } = context
        const where = await withStoredRares(pool, asked)
        const facts = storedRares(pool, where, context)
        const matches = rareMatches(where)
        const isAsked = needsStore(where)
        const topics = topicsOf('rare', where.characters ?? null)
        const map = (event: unknown) => {
          const rare = event as RareEvent
          if (!matches(rare)) return undefined
          return isAsked ? storedFact(facts, rare.id) : rare
        }
        return factStream<RareEvent>({
          pubsub,
          phase,
          topics,
          afterId: readAfterId(afterId, 'a rare'),
          facts,
          live: () => snapshotThenUpdates<RareEvent>({ pubsub, phase, topics, map }),
        })
      },
      resolve: (event: unknown) => event as RareEvent,
    },
  },
}
