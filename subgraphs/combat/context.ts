import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { sessionsLoader } from './fight/store.ts'

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  load: { sessions: ReturnType<typeof sessionsLoader> }
}

export const context = (viewer: Viewer, pool: Pool, pubsub: PubSub): Context => ({
  viewer,
  pool,
  pubsub,
  load: { sessions: sessionsLoader(pool) },
})
