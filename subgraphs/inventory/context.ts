import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { inventoryLoader } from './item/store.ts'

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  load: { inventory: ReturnType<typeof inventoryLoader> }
}

export const context = (viewer: Viewer, pool: Pool, pubsub: PubSub): Context => ({
  viewer,
  pool,
  pubsub,
  load: { inventory: inventoryLoader(pool) },
})
