import type { Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Door } from '../../shared/serve/door.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { commandDoor } from './command-door.ts'
import { demoTour } from './demo/demo-tour.ts'
import { DemoWorld } from './demo/demo-world.ts'
import { loadMineflayer, MINEFLAYER } from './minecraft/bot-library.ts'
import type { MinecraftOptions } from './minecraft/game-connection.ts'
import { MinecraftWorld } from './minecraft/minecraft-world.ts'
import { followAssistant } from './traces/assistant.ts'
import { traceDoor } from './traces/door.ts'
import { knownTokens } from './traces/known-tokens.ts'
import { traceQueue, type TraceQueue } from './traces/queue.ts'
import { allowList, type AllowList } from '../../shared/contract/redact-trace.ts'
import { worldPilot } from './world/pilot.ts'
import type { WorldSource } from './world/world-source.ts'
import { worldWriter } from './world/world-writer.ts'

/** The demo's world is the same for everybody. */
const DEMO_SEED = 7

export interface SourceOptions {
  /** Fields of tools that are shown besides the built-in list. */
  traceFields: ReadonlyMap<string, readonly string[]>
  /** The world that Mind's Eye shows; null for none. */
  world: WorldOptions | null
}

/** A world, with what is needed to find it. */
export type WorldOptions = { kind: 'demo' } | ({ kind: 'minecraft'; libraryFolder: string | null } & MinecraftOptions)

interface Host {
  pool: Pool
  pubsub: PubSub
  log: Log
  /** Settles once the schema is there. */
  migrated: Promise<void>
}

/** Facts that do not come from a plugin: traces of assistants, and worlds. */
export interface Sources extends AsyncDisposable {
  handle: Door['handle']
}

/** Starts them. */
export async function startSources({ traceFields, world }: SourceOptions, host: Host): Promise<Sources> {
  const resources = new Resources()
  const { pool, pubsub, log } = host
  const allowed = allowList(traceFields)
  const queue = resources.use(traceQueue(host))
  const tokens = {
    trace: await knownTokens(pool, pubsub, 'trace'),
    command: await knownTokens(pool, pubsub, 'command'),
  }
  for (const known of Object.values(tokens)) resources.defer(() => known[Symbol.dispose]())
  resources.defer(await followAssistant(pubsub, queue))
  const begun = host.migrated.then(async () => {
    if (!pool.ending && world)
      await startWorld(resources, await sourceOf(world, { ...host, resources, queue, allowed }), host)
  })
  begun.catch((error: unknown) => log.error({ error }, 'a world did not start'))
  const doors = [
    traceDoor({ queue, tokens: tokens.trace, allowed }),
    commandDoor({ pool, pubsub, tokens: tokens.command, world: world?.kind ?? null }),
  ]
  return {
    async handle(request, response, path) {
      for (const door of doors) if (await door(request, response, path)) return true
      return false
    },
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  }
}

interface SourceHost extends Host {
  resources: Resources
  queue: TraceQueue
  allowed: AllowList
}

/** The world of a setting, with what belongs to it; null, and a message, where something is missing for it. */
async function sourceOf(
  world: WorldOptions,
  { resources, queue, allowed, log }: SourceHost,
): Promise<WorldSource | null> {
  if (world.kind === 'demo') {
    const demo = new DemoWorld(DEMO_SEED)
    const tour = demoTour(demo, queue, allowed)
    resources.defer(() => tour[Symbol.dispose]())
    return demo
  }
  const { kind: _, libraryFolder, ...options } = world
  const library = await loadMineflayer(libraryFolder)
  if (library) return new MinecraftWorld(library, options, log)
  log.error(`The world \`minecraft\` needs a package that is not installed. Add it with: npm install ${MINEFLAYER}`)
  return null
}

async function startWorld(
  resources: Resources,
  source: WorldSource | null,
  { pool, pubsub, log }: Host,
): Promise<void> {
  if (!source) return
  const running = resources.use(worldWriter(source, { pool, pubsub, log }))
  const pilot = await worldPilot(source, running, { pubsub, log })
  resources.defer(() => pilot[Symbol.dispose]())
}
