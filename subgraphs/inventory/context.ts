import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { lazily } from '../../shared/serve/lazily.ts'
import type { Part } from '../../shared/pubsub/marks.ts'
import { heldLoaders, stayLoaders, thenLoader } from './history/store.ts'
import { inventoryLoader, itemLoader, toldLoader } from './item/store.ts'
import { packLoader } from './pack/store.ts'
import { itemPages } from './search/page.ts'
import type { SuitSearches } from './suit/searches.ts'

const makers = (pool: Pool) => ({
  inventory: () => inventoryLoader(pool),
  item: () => itemLoader(pool),
  told: () => toldLoader(pool),
  pages: () => itemPages(pool),
  packs: () => packLoader(pool),
  stays: () => stayLoaders(pool),
  held: () => heldLoaders(pool),
  past: () => thenLoader(pool),
})
type Loaders = { [K in keyof ReturnType<typeof makers>]: ReturnType<ReturnType<typeof makers>[K]> }

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  part: Part
  searches: SuitSearches
  load: Loaders
}

export const context = (viewer: Viewer, part: Part, pool: Pool, pubsub: PubSub, searches: SuitSearches): Context => ({
  viewer,
  pool,
  pubsub,
  part,
  searches,
  load: lazily<Loaders>(makers(pool)),
})
