import type { AllSettings } from '../../shared/access/character-settings.ts'
import { privacyOf, type Privacy, type UnownedTells } from '../../shared/access/privacy.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { fairPool } from '../../shared/db/fair-pool.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { RadarEvent, TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Newest } from '../../shared/pubsub/newest.ts'
import type { PluginFrames } from './peer/plugin-frames.ts'
import type { Presence } from '../../shared/pubsub/presence.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { StreamPhase } from '../../shared/pubsub/row-versions.ts'
import { lazily } from '../../shared/serve/lazily.ts'
import type { ReadBudget } from '../../shared/read-budget.ts'
import type { RateLimiter } from '../../shared/serve/rate-limiter.ts'
import { listenersLoader } from './chat/listeners.ts'
import { characterLoader, liveAtLoader } from './character/store.ts'
import type { IngestStatus } from './ingest/status.ts'
import { historyLoader, TELEMETRY, VITALS } from './history/store.ts'
import { ratesLoader } from './history/rates.ts'
import { telemetryLoader } from './telemetry/store.ts'
import { trailLoader } from './telemetry/trails.ts'
import type { Peers } from './peer/peers.ts'
import { equipmentLoader } from './equipment/store.ts'
import { questsLoader } from './quest/store.ts'
import { raresLoader } from './rare/store.ts'
import { lastSessionLoader, sessionsLoader, totalsLoader } from './session/store.ts'
import { sheetLoader } from './sheet/store.ts'
import type { SpawnCounts } from './spawn/counts.ts'
import type { SqlReader } from './sql/reader.ts'
import { vitalsLoader } from './vitals/store.ts'

export interface Latest {
  telemetry: Newest<TelemetryEvent>
  vitals: Newest<VitalsEvent>
  /** Radar pictures are kept only here. */
  radar: Newest<RadarEvent>
}

/** What all operations share. */
export interface World {
  pool: Pool
  /** Writes the one table this subgraph owns: the audit of commands. */
  audits: Pool
  pubsub: PubSub
  latest: Latest
  presence: Presence
  pluginFrames: PluginFrames
  peers: Peers
  ingest: IngestStatus
  /** Owner and shown place of each character. */
  settings: AllSettings
  unownedTells: UnownedTells
  /** Where monsters were seen lately. */
  spawns: SpawnCounts
  /** How many commands a viewer may send. */
  rateLimiter: RateLimiter
  /** Runs statements of viewers. */
  sql: SqlReader
  /** How many statements a viewer may send. */
  sqlLimiter: RateLimiter
  log: Log
}

/** What every resolver gets; the only way to the world. */
export interface Context extends World {
  viewer: Viewer
  /** What this viewer may see of characters: their places and private messages. */
  privacy: Privacy
  /** The audit's entry of the command that is being sent; see command/audited-command.ts. */
  commandId?: string
  /** The requested phase of a stream. */
  phase: StreamPhase
  /** Newest published events, stored or not yet. For streams only: a query shows nothing that a crash could undo. */
  latest: Latest
  load: { readonly [K in keyof Loaders]: ReturnType<Loaders[K]> }
}

/**
 * One context per operation: its loaders cache nothing beyond it. Created for each event of a stream, so it must be
 * cheap.
 */
export function context(viewer: Viewer, phase: StreamPhase, world: World, budget?: ReadBudget): Context {
  const operation = Object.create(world) as Context
  operation.viewer = viewer
  operation.phase = phase
  operation.privacy = privacyOf(viewer, world.settings, world.unownedTells)
  operation.pool = fairPool(world.pool, budget)
  operation.load = lazily(loadersOf(operation.pool))
  return operation
}

/** Creates the loaders of an operation. */
const loadersOf = (pool: Pool) => ({
  character: () => characterLoader(pool),
  liveAt: () => liveAtLoader(pool),
  telemetryHistory: () => historyLoader(pool, TELEMETRY),
  vitalsHistory: () => historyLoader(pool, VITALS),
  rates: () => ratesLoader(pool),
  telemetry: () => telemetryLoader(pool),
  trail: () => trailLoader(pool),
  vitals: () => vitalsLoader(pool),
  sheet: () => sheetLoader(pool),
  quests: () => questsLoader(pool),
  equipment: () => equipmentLoader(pool),
  lastSession: () => lastSessionLoader(pool),
  totals: () => totalsLoader(pool),
  sessions: () => sessionsLoader(pool),
  rares: () => raresLoader(pool),
  listeners: () => listenersLoader(pool),
})
type Loaders = ReturnType<typeof loadersOf>
