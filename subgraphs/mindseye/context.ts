import type { AllSettings } from '../../shared/access/character-settings.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { StreamPhase } from '../../shared/pubsub/row-versions.ts'
import { sessionLoader } from './trace/store.ts'
import type { ChunkCache } from './world/chunk-cache.ts'

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  /** Writes the audit of commands, and nothing else. */
  audits: Pool
  pubsub: PubSub
  phase: StreamPhase
  /** Parts of worlds, which every viewer may see, remembered for all operations. */
  chunks: ChunkCache
  /** Which characters show less than all of their place. */
  settings: Pick<AllSettings, 'all'>
  load: { sessions: ReturnType<typeof sessionLoader> }
}

export const context = (asked: Omit<Context, 'load'>): Context => ({
  ...asked,
  load: { sessions: sessionLoader(asked.pool) },
})
