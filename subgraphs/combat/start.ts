import { isMigrated } from '../../shared/db/migrate.ts'
import { fairPool } from '../../shared/db/fair-pool.ts'
import { openPool } from '../../shared/db/pool.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { Long, DateTime } from '../../shared/serve/scalars.ts'
import type { SubgraphHost } from '../../shared/serve/subgraph-room.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { context } from './context.ts'
import { combatResolvers } from './combat/resolvers.ts'

/** How characters fight. Reads only. */
export function startCombat({ databaseUrl, pubsub, log }: SubgraphHost): Subgraph {
  const pool = openPool(databaseUrl, {
    name: 'combat',
    readOnly: true,
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  return {
    name: 'combat',
    schema: subgraphSchema(import.meta.dirname, mergeResolvers({ DateTime, Long }, combatResolvers)),
    contextFor: (viewer, phase, budget) => context(viewer, phase, fairPool(pool, budget), pubsub),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
