import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { RadarEvent, TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Newest } from '../../shared/pubsub/newest.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { characterLoader } from './character/store.ts'
import { equipmentLoader } from './equipment/store.ts'
import { telemetryLoader, trailLoader } from './movement/store.ts'
import { questsLoader } from './quest/store.ts'
import { lastSessionLoader, totalsLoader } from './session/store.ts'
import { sheetLoader } from './sheet/store.ts'
import { vitalsLoader } from './vitals/store.ts'

export interface Told {
  telemetry: Newest<TelemetryEvent>
  vitals: Newest<VitalsEvent>
  /** The only place radar pictures are. */
  radar: Newest<RadarEvent>
}

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  pubsub: PubSub
  /** What was told last, stored or not yet. For streams only: a query shows nothing that a crash could take back. */
  told: Told
  load: {
    character: ReturnType<typeof characterLoader>
    telemetry: ReturnType<typeof telemetryLoader>
    trail: ReturnType<typeof trailLoader>
    vitals: ReturnType<typeof vitalsLoader>
    sheet: ReturnType<typeof sheetLoader>
    quests: ReturnType<typeof questsLoader>
    equipment: ReturnType<typeof equipmentLoader>
    lastSession: ReturnType<typeof lastSessionLoader>
    totals: ReturnType<typeof totalsLoader>
  }
}

/** One context an operation: its loaders remember nothing beyond it. */
export function context(viewer: Viewer, pool: Pool, pubsub: PubSub, told: Told): Context {
  return {
    viewer,
    pool,
    pubsub,
    told,
    load: {
      character: characterLoader(pool),
      telemetry: telemetryLoader(pool),
      trail: trailLoader(pool),
      vitals: vitalsLoader(pool),
      sheet: sheetLoader(pool),
      quests: questsLoader(pool),
      equipment: equipmentLoader(pool),
      lastSession: lastSessionLoader(pool),
      totals: totalsLoader(pool),
    },
  }
}
