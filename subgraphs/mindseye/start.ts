import { characterSettings } from '../../shared/access/character-settings.ts'
import { isMigrated } from '../../shared/db/migrate.ts'
import { fairPool } from '../../shared/db/fair-pool.ts'
import { openPool } from '../../shared/db/pool.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { DateTime, Json } from '../../shared/serve/scalars.ts'
import type { SubgraphHost } from '../../shared/serve/subgraph-room.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { context } from './context.ts'
import { publicResolvers } from './public/resolvers.ts'
import { traceResolvers } from './trace/resolvers.ts'
import { ChunkCache } from './world/chunk-cache.ts'
import { worldResolvers } from './world/resolvers.ts'

/** What assistants do, step by step, and the worlds they look at. Reads only, but for the audit of commands. */
export async function startMindsEye({ databaseUrl, pubsub, log }: SubgraphHost): Promise<Subgraph> {
  const onError = (error: Error) => log.warn({ error }, 'lost a database connection')
  const pool = openPool(databaseUrl, { name: 'mindseye', readOnly: true, onError })
  const audits = openPool(databaseUrl, { name: 'mindseye commands', max: 1, onError })
  const settings = await characterSettings(pool, pubsub, log)
  const chunks = new ChunkCache()
  return {
    name: 'mindseye',
    schema: subgraphSchema(
      import.meta.dirname,
      mergeResolvers({ DateTime, JSON: Json }, traceResolvers, worldResolvers, publicResolvers),
    ),
    contextFor: (viewer, phase, budget) =>
      context({ viewer, phase, pool: fairPool(pool, budget), audits, pubsub, chunks, settings }),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    async [Symbol.asyncDispose]() {
      await settings[Symbol.asyncDispose]()
      await pool.end()
      await audits.end()
    },
  }
}
