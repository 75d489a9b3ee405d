import type { Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Door } from '../../shared/serve/door.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { demoTour } from './demo/demo-tour.ts'
import { DemoWorld } from './demo/demo-world.ts'
import { followAssistant } from './traces/assistant.ts'
import { followGame } from './traces/game.ts'
import { traceDoor } from './traces/door.ts'
import { traceQueue } from './traces/queue.ts'
import { allowList } from './traces/redact.ts'
import { reporters } from './traces/reporters.ts'
import { worldWriter } from './world/world-writer.ts'

/** The demo's world is the same for everybody. */
const DEMO_SEED = 7

export interface SourceOptions {
  /** Fields of tools that are shown besides the built-in list. */
  traceFields: ReadonlyMap<string, readonly string[]>
  /** The world that Mind's Eye shows; null for none. */
  world: 'demo' | null
}

/** Facts that do not come from a plugin: traces of assistants, and worlds. */
export interface Sources extends AsyncDisposable {
  handle: Door['handle']
}

/** Starts them. `migrated` settles once the schema is there. */
export async function startSources(
  { traceFields, world }: SourceOptions,
  host: { pool: Pool; pubsub: PubSub; log: Log; migrated: Promise<void> },
): Promise<Sources> {
  const resources = new Resources()
  const { pool, pubsub, log } = host
  const allowed = allowList(traceFields)
  const queue = resources.use(traceQueue(host))
  const known = await reporters(pool, pubsub)
  resources.defer(() => known[Symbol.dispose]())
  resources.defer(await followAssistant(pubsub, queue))
  resources.defer(await followGame(pubsub, queue, () => new Date()))
  if (world) {
    const begun = host.migrated.then(() => {
      if (pool.ending) return
      const demo = new DemoWorld(DEMO_SEED)
      resources.use(worldWriter(demo, { pool, pubsub, log }))
      const tour = demoTour(demo, queue, allowed)
      resources.defer(() => tour[Symbol.dispose]())
    })
    begun.catch((error: unknown) => log.error({ error }, 'the demo’s world did not start'))
  }
  return {
    handle: traceDoor({ queue, reporters: known, allowed }),
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  }
}
