import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { lazily } from '../../shared/serve/lazily.ts'
import type { Part } from '../../shared/serve/marks.ts'
import { heldLoaders, stayLoaders, thenLoader } from './history/store.ts'
import { inventoryLoader, itemLoader, toldLoader } from './item/store.ts'
import { packLoader } from './pack/store.ts'
import { itemPages } from './search/page.ts'
import type { SuitSearches } from './suit/searches.ts'
import type { SuitStreams } from './suit/stream.ts'

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

/** Searches for suits: begun one by one, or followed as streams. */
export interface Suits {
  searches: SuitSearches
  streams: SuitStreams
}

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  part: Part
  suits: Suits
  load: Loaders
}

export const context = (viewer: Viewer, part: Part, pool: Pool, pubsub: PubSub, suits: Suits): Context => ({
  viewer,
  pool,
  pubsub,
  part,
  suits,
  load: lazily<Loaders>(makers(pool)),
})
