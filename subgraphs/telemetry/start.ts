import { characterSettings } from '../../shared/access/character-settings.ts'
import { openPool } from '../../shared/db/pool.ts'
import { isMigrated } from '../../shared/db/migrate.ts'
import { topic, type RadarEvent, type TelemetryEvent, type VitalsEvent } from '../../shared/contract/topics.ts'
import { newest } from '../../shared/pubsub/newest.ts'
import { Long, DateTime, Json } from '../../shared/serve/scalars.ts'
import type { SubgraphHost } from '../../shared/serve/subgraph-room.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import type { Config } from '../../shared/settings/setting.ts'
import { alertResolvers } from './alert/resolvers.ts'
import { characterResolvers } from './character/resolvers.ts'
import { chatResolvers } from './chat/resolvers.ts'
import { rateLimiter } from '../../shared/serve/rate-limiter.ts'
import { auditedCommand } from './command/audited-command.ts'
import { commandResolvers } from './command/resolvers.ts'
import { context } from './context.ts'
import { deadLetterResolvers } from './dead-letter/resolvers.ts'
import { dungeonResolvers } from './dungeon/resolvers.ts'
import { equipmentResolvers } from './equipment/resolvers.ts'
import { frameResolvers } from './frame/resolvers.ts'
import { gameServerResolvers } from './game-server/resolvers.ts'
import { guildEventResolvers } from './guild-event/resolvers.ts'
import { historyResolvers } from './history/resolvers.ts'
import { ingestResolvers } from './ingest/resolvers.ts'
import { ingestStatus } from './ingest/status.ts'
import { leaderboardResolvers } from './leaderboard/resolvers.ts'
import { telemetryResolvers } from './telemetry/resolvers.ts'
import { peersOf } from './peer/peers.ts'
import { pluginFramesOf } from './peer/plugin-frames.ts'
import { peerResolvers } from './peer/resolvers.ts'
import { portalResolvers } from './portal/resolvers.ts'
import { questResolvers } from './quest/resolvers.ts'
import { radarResolvers } from './radar/resolvers.ts'
import { rareResolvers } from './rare/resolvers.ts'
import { replayResolvers } from './replay/resolvers.ts'
import { sessionResolvers } from './session/resolvers.ts'
import type { settings as ownSettings } from './settings.ts'
import { sharedViewResolvers } from './shared-view/resolvers.ts'
import { sheetResolvers } from './sheet/resolvers.ts'
import { spawnCounts } from './spawn/counts.ts'
import { spawnResolvers } from './spawn/resolvers.ts'
import { sqlReader } from './sql/reader.ts'
import { sqlResolvers } from './sql/resolvers.ts'
import { timeSpentResolvers } from './time-spent/resolvers.ts'
import { vitalsResolvers } from './vitals/resolvers.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'

const COMMANDS_A_MINUTE = 60
const STATEMENTS_A_MINUTE = 60

/**
 * Where characters are, how they fare, what they say and find. Reads only, but for the audit of commands, what
 * limits their rate, and the role that runs statements.
 */
// eslint-disable-next-line max-lines-per-function -- lists what is opened, in the order of its closing
export async function startTelemetry(
  { databaseUrl, pubsub, log, key }: SubgraphHost,
  { UNOWNED_TELLS: unownedTells }: Config<typeof ownSettings>,
): Promise<Subgraph> {
  const onError = (error: Error) => log.warn({ error }, 'lost a database connection')
  const pool = openPool(databaseUrl, {
    name: 'telemetry',
    readOnly: true,
    onError,
  })
  const audits = openPool(databaseUrl, { name: 'telemetry commands', max: 1, onError })
  const latest = {
    telemetry: await newest<TelemetryEvent>(pubsub, topic('telemetry')),
    vitals: await newest<VitalsEvent>(pubsub, topic('vitals')),
    radar: await newest<RadarEvent>(pubsub, topic('radar')),
  }
  const peers = await peersOf(pubsub)
  const pluginFrames = await pluginFramesOf(pubsub)
  const ingest = await ingestStatus(pubsub)
  const settings = await characterSettings(pool, pubsub, log)
  const presence = peers.presence
  const world = {
    pool,
    audits,
    pubsub,
    latest,
    presence,
    pluginFrames,
    peers,
    ingest,
    settings,
    unownedTells,
    spawns: spawnCounts(pool),
    rateLimiter: rateLimiter(audits, 'commands', COMMANDS_A_MINUTE),
    sql: sqlReader({ owner: audits, url: databaseUrl, key, onError }),
    sqlLimiter: rateLimiter(audits, 'sql', STATEMENTS_A_MINUTE),
    log,
  }
  const resolvers = mergeResolvers(
    { DateTime, Long, JSON: Json },
    characterResolvers,
    telemetryResolvers,
    timeSpentResolvers,
    historyResolvers,
    replayResolvers,
    leaderboardResolvers,
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
    alertResolvers,
    ingestResolvers,
    deadLetterResolvers,
    gameServerResolvers,
    guildEventResolvers,
    peerResolvers,
    sharedViewResolvers,
    sqlResolvers,
  )
  return {
    name: 'telemetry',
    schema: subgraphSchema(import.meta.dirname, resolvers, auditedCommand),
    contextFor: (viewer, phase, budget) => context(viewer, phase, world, budget),
    waitsFor: async () => (!(await isMigrated(pool)) ? 'the schema' : settings.all() ? null : 'what characters show'),
    async [Symbol.asyncDispose]() {
      await settings[Symbol.asyncDispose]()
      await latest.telemetry[Symbol.asyncDispose]()
      await latest.vitals[Symbol.asyncDispose]()
      await ingest[Symbol.asyncDispose]()
      await peers[Symbol.asyncDispose]()
      await pluginFrames[Symbol.asyncDispose]()
      await latest.radar[Symbol.asyncDispose]()
      await world.sql[Symbol.asyncDispose]()
      await pool.end()
      await audits.end()
    },
  }
}
