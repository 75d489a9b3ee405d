import { openPool } from '../../shared/db/pool.ts'
import { isMigrated } from '../../shared/db/migrate.ts'
import { topic, type RadarEvent, type TelemetryEvent, type VitalsEvent } from '../../shared/contract/topics.ts'
import type { Log } from '../../shared/log.ts'
import { newest } from '../../shared/pubsub/newest.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { BigInt64, DateTime, Json } from '../../shared/serve/scalars.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { characterResolvers } from './character/resolvers.ts'
import { chatResolvers } from './chat/resolvers.ts'
import { commandResolvers } from './command/resolvers.ts'
import { context } from './context.ts'
import { dungeonResolvers } from './dungeon/resolvers.ts'
import { equipmentResolvers } from './equipment/resolvers.ts'
import { frameResolvers } from './frame/resolvers.ts'
import { movementResolvers } from './movement/resolvers.ts'
import { portalResolvers } from './portal/resolvers.ts'
import { questResolvers } from './quest/resolvers.ts'
import { radarResolvers } from './radar/resolvers.ts'
import { rareResolvers } from './rare/resolvers.ts'
import { sessionResolvers } from './session/resolvers.ts'
import { sheetResolvers } from './sheet/resolvers.ts'
import { spawnResolvers } from './spawn/resolvers.ts'
import { vitalsResolvers } from './vitals/resolvers.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'

/** Where characters are, how they fare, what they say and find. Reads only. */
export async function startTelemetry({
  databaseUrl,
  pubsub,
  log,
}: {
  databaseUrl: string
  pubsub: PubSub
  log: Log
}): Promise<Subgraph> {
  const pool = openPool(databaseUrl, {
    name: 'telemetry',
    readOnly: true,
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  const told = {
    telemetry: await newest<TelemetryEvent>(pubsub, topic('telemetry')),
    vitals: await newest<VitalsEvent>(pubsub, topic('vitals')),
    radar: await newest<RadarEvent>(pubsub, topic('radar')),
  }
  const resolvers = mergeResolvers(
    { DateTime, BigInt: BigInt64, JSON: Json },
    characterResolvers,
    movementResolvers,
    vitalsResolvers,
    chatResolvers,
    rareResolvers,
    sheetResolvers,
    sessionResolvers,
    portalResolvers,
    spawnResolvers,
    questResolvers,
    equipmentResolvers,
    radarResolvers,
    dungeonResolvers,
    frameResolvers,
    commandResolvers,
  )
  return {
    name: 'telemetry',
    schema: subgraphSchema(import.meta.dirname, resolvers),
    contextFor: (viewer) => context(viewer, pool, pubsub, told),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    async [Symbol.asyncDispose]() {
      await told.telemetry[Symbol.asyncDispose]()
      await told.vitals[Symbol.asyncDispose]()
      await told.radar[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
