import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { lazily } from '../../shared/serve/lazily.ts'
import type { StreamPhase } from '../../shared/pubsub/row-versions.ts'
import { heldLoaders, stayCountLoader, stayLoaders, thenLoader } from './history/store.ts'
import { inventoryLoader, itemLoader, reportedLoader } from './item/store.ts'
import { characterLoader } from './node/store.ts'
import { packLoader } from './pack/store.ts'
import { itemPages } from './search/page.ts'
import type { SuitSearches } from './suit/searches.ts'

const makers = (pool: Pool) => ({
  inventory: () => inventoryLoader(pool),
  item: () => itemLoader(pool),
  reported: () => reportedLoader(pool),
  pages: () => itemPages(pool),
  packs: () => packLoader(pool),
  stays: () => stayLoaders(pool),
  stayCount: () => stayCountLoader(pool),
  held: () => heldLoaders(pool),
  past: () => thenLoader(pool),
  character: () => characterLoader(pool),
})
type Loaders = { [K in keyof ReturnType<typeof makers>]: ReturnType<ReturnType<typeof makers>[K]> }

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  phase: StreamPhase
  searches: SuitSearches
  load: Loaders
}

export const context = (
  viewer: Viewer,
  phase: StreamPhase,
  pool: Pool,
  pubsub: PubSub,
  searches: SuitSearches,
): Context => ({
  viewer,
  pool,
  pubsub,
  phase,
  searches,
  load: lazily<Loaders>(makers(pool)),
})
