import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Part } from '../../shared/pubsub/marks.ts'
import { sessionsLoader } from './fight/store.ts'

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  part: Part
  load: { sessions: ReturnType<typeof sessionsLoader> }
}

export const context = (viewer: Viewer, part: Part, pool: Pool, pubsub: PubSub): Context => ({
  viewer,
  pool,
  pubsub,
  part,
  load: { sessions: sessionsLoader(pool) },
})
