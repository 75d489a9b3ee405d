import { isMigrated } from '../../shared/db/migrate.ts'
import { fairPool } from '../../shared/db/fair-pool.ts'
import { openPool } from '../../shared/db/pool.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { Long, DateTime, Json } from '../../shared/serve/scalars.ts'
import type { SubgraphHost } from '../../shared/serve/subgraph-room.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { changeResolvers } from './change/resolvers.ts'
import { context } from './context.ts'
import { figureResolvers } from './figures/resolvers.ts'
import { historyResolvers } from './history/resolvers.ts'
import { itemResolvers } from './item/resolvers.ts'
import { nodeResolvers } from './node/resolvers.ts'
import { packResolvers } from './pack/resolvers.ts'
import { searchResolvers } from './search/resolvers.ts'
import { jointResolvers } from './suit/joint/resolvers.ts'
import { suitResolvers } from './suit/resolvers.ts'
import { SuitSearches } from './suit/searches.ts'

/** What the guild owns. Reads only. */
export function startInventory({ databaseUrl, pubsub, log }: SubgraphHost): Subgraph {
  const pool = openPool(databaseUrl, {
    name: 'inventory',
    readOnly: true,
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  const searches = new SuitSearches({ databaseUrl, log })
  return {
    name: 'inventory',
    schema: subgraphSchema(
      import.meta.dirname,
      mergeResolvers(
        { DateTime, Long, JSON: Json },
        itemResolvers,
        searchResolvers,
        figureResolvers,
        packResolvers,
        nodeResolvers,
        historyResolvers,
        changeResolvers,
        suitResolvers,
        jointResolvers,
      ),
    ),
    contextFor: (viewer, phase, budget) => context(viewer, phase, fairPool(pool, budget), pubsub, searches),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    async [Symbol.asyncDispose]() {
      await searches[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
