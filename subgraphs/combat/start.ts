import { isMigrated } from '../../shared/db/migrate.ts'
import { openPool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { BigInt64, DateTime } from '../../shared/serve/scalars.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { context } from './context.ts'
import { fightResolvers } from './fight/resolvers.ts'

/** How characters fight. Reads only. */
export function startCombat({ databaseUrl, pubsub, log }: { databaseUrl: string; pubsub: PubSub; log: Log }): Subgraph {
  const pool = openPool(databaseUrl, {
    name: 'combat',
    readOnly: true,
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  return {
    name: 'combat',
    schema: subgraphSchema(import.meta.dirname, mergeResolvers({ DateTime, BigInt: BigInt64 }, fightResolvers)),
    contextFor: (viewer, part) => context(viewer, part, pool, pubsub),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
