import { isMigrated } from '../../shared/db/migrate.ts'
import { fairPool } from '../../shared/db/fair-pool.ts'
import { openPool } from '../../shared/db/pool.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { rateLimiter } from '../../shared/serve/rate-limiter.ts'
import { DateTime, Json } from '../../shared/serve/scalars.ts'
import type { SubgraphHost } from '../../shared/serve/subgraph-room.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { characterResolvers } from './character/resolvers.ts'
import type { Context } from './context.ts'
import { eventReads } from './event/event-reads.ts'
import { eventResolvers } from './event/resolvers.ts'
import { initiativeResolvers } from './initiative/resolvers.ts'
import { limited } from './limited.ts'
import { logResolvers } from './log/resolvers.ts'
import { poolResolvers } from './pool/resolvers.ts'
import { rollResolvers } from './roll/resolvers.ts'
import { sceneResolvers } from './scene/resolvers.ts'
import { secretResolvers } from './secret/resolvers.ts'
import { sessionResolvers } from './session/resolvers.ts'
import { turnResolvers } from './turn/resolvers.ts'
import { visibilityResolvers } from './visibility/resolvers.ts'
import { watchTurns } from './turn/watch-turns.ts'

const WRITES_A_MINUTE = 120
const JOINS_A_MINUTE = 10

/** Game sessions: people, characters, dice by the rules, and what happened. Writes only its own tables. */
export function startTabletop({ databaseUrl, pubsub, log }: SubgraphHost): Subgraph {
  const pool = openPool(databaseUrl, {
    name: 'tabletop',
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  const rateLimits = {
    writes: rateLimiter(pool, 'tabletop', WRITES_A_MINUTE),
    joins: rateLimiter(pool, 'joins', JOINS_A_MINUTE),
  }
  const events = eventReads(pool)
  const watching = watchTurns({ pool, pubsub }, log)
  const resolvers = mergeResolvers(
    { DateTime, JSON: Json },
    sessionResolvers,
    characterResolvers,
    eventResolvers,
    initiativeResolvers,
    logResolvers,
    poolResolvers,
    rollResolvers,
    sceneResolvers,
    secretResolvers,
    turnResolvers,
    visibilityResolvers,
  )
  return {
    name: 'tabletop',
    schema: subgraphSchema(import.meta.dirname, resolvers, limited),
    contextFor: (viewer, phase, budget) =>
      ({ viewer, phase, pool: fairPool(pool, budget), pubsub, events, rateLimits }) satisfies Context,
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    async [Symbol.asyncDispose]() {
      await watching[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
