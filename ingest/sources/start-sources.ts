import { characterSettings } from '../../shared/access/character-settings.ts'
import type { DungeonLevel } from '../../shared/contract/dungeon.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Door } from '../../shared/serve/door.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { commandDoor } from './command-door.ts'
import { demoTour } from './demo/demo-tour.ts'
import { DemoWorld } from './demo/demo-world.ts'
import { DerethWorld } from './dereth/dereth-world.ts'
import { loadMineflayer, MINEFLAYER } from './minecraft/bot-library.ts'
import type { MinecraftOptions } from './minecraft/game-connection.ts'
import { MinecraftWorld } from './minecraft/minecraft-world.ts'
import { spanDoor } from './otel/door.ts'
import type { Collector } from './otel/collector.ts'
import { spanExporter } from './otel/exporter.ts'
import { followAssistant } from './traces/assistant.ts'
import { followGame } from './traces/game.ts'
import { traceDoor } from './traces/door.ts'
import { TraceJournal } from './traces/journal.ts'
import { knownTokens } from './traces/known-tokens.ts'
import { traceQueue, type TraceQueue } from './traces/queue.ts'
import { allowList, type AllowList } from '../../shared/contract/redact-trace.ts'
import { leadWorld } from './world/lead-world.ts'
import { refuseCommands } from './world/missing-world.ts'
import { worldPilot } from './world/pilot.ts'
import type { WorldSource } from './world/world-source.ts'
import { worldWriter } from './world/world-writer.ts'

/** The demo's world is the same for everybody. */
const DEMO_SEED = 7

export interface SourceOptions {
  /** Fields of tools that are shown besides the built-in list. */
  traceFields: ReadonlyMap<string, readonly string[]>
  /** Where spans of steps are sent; null for nowhere. */
  collector: Collector | null
  /** The worlds that Mind's Eye shows. */
  worlds: readonly WorldOptions[]
}

/** A world, with what is needed to find it. */
export type WorldOptions =
  { kind: 'demo' } | { kind: 'dereth' } | ({ kind: 'minecraft'; libraryFolder: string | null } & MinecraftOptions)

interface Host {
  pool: Pool
  pubsub: PubSub
  log: Log
  /** Settles once the schema is there. */
  migrated: Promise<void>
  /** Where reports that wait are kept; locked by this process. */
  folder: string
}

/** Facts that do not come from a plugin: traces of assistants, and worlds. */
export interface Sources extends AsyncDisposable {
  handle: Door['handle']
}

/** Starts them. */
export async function startSources({ traceFields, worlds, collector }: SourceOptions, host: Host): Promise<Sources> {
  const resources = new Resources()
  const { pool, pubsub, log } = host
  const allowed = allowList(traceFields)
  const exporter = collector === null ? null : resources.use(spanExporter(collector, log))
  const queue = resources.use(
    traceQueue({ ...host, journal: new TraceJournal(host.folder, log), ready: host.migrated }, (report) =>
      exporter?.add(report),
    ),
  )
  const tokens = {
    trace: await knownTokens(pool, pubsub, 'trace'),
    command: await knownTokens(pool, pubsub, 'command'),
  }
  for (const known of Object.values(tokens)) resources.defer(() => known[Symbol.dispose]())
  resources.defer(await followAssistant(pubsub, queue))
  resources.defer(await followGame(pubsub, queue, () => new Date()))
  const begun = host.migrated.then(async () => {
    if (pool.ending) return
    for (const world of worlds)
      resources.use(leadWorld(world.kind, host, () => runWorld(world, { ...host, queue, allowed })))
  })
  begun.catch((error: unknown) => log.error({ error }, 'a world did not start'))
  const doors = [
    traceDoor({ queue, tokens: tokens.trace, allowed }),
    spanDoor({ queue, tokens: tokens.trace, allowed }),
    commandDoor({ pool, pubsub, tokens: tokens.command, world: worlds[0]?.kind ?? null }),
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

/** Runs a world until it is disposed of. */
async function runWorld(world: WorldOptions, host: Omit<SourceHost, 'resources'>): Promise<AsyncDisposable> {
  const resources = new Resources()
  try {
    const source = await sourceOf(world, { ...host, resources })
    if (source) await startWorld(resources, source, host)
    return resources
  } catch (error) {
    await resources[Symbol.asyncDispose]()
    throw error
  }
}

/** The world of a setting, with what belongs to it; null, and a message, where something is missing for it. */
async function sourceOf(world: WorldOptions, host: SourceHost): Promise<WorldSource | null> {
  const { resources, queue, allowed, log } = host
  if (world.kind === 'demo') {
    const demo = new DemoWorld(DEMO_SEED)
    const tour = demoTour(demo, queue, allowed)
    resources.defer(() => tour[Symbol.dispose]())
    return demo
  }
  if (world.kind === 'dereth') return derethWorld(host)
  const { kind: _, libraryFolder, ...options } = world
  const library = await loadMineflayer(libraryFolder)
  if (library) return new MinecraftWorld(library, options, log)
  const reason = `The world \`minecraft\` needs a package that is not installed. Add it with: npm install ${MINEFLAYER}`
  log.error(reason)
  resources.defer(await refuseCommands(world.kind, reason, host.pubsub))
  return null
}

/** The guild's own game. Who hides or blurs a place is not in it. */
async function derethWorld({ resources, pool, pubsub, log }: SourceHost): Promise<WorldSource> {
  const settings = resources.use(await characterSettings(pool, pubsub, log))
  return new DerethWorld({
    pubsub,
    isShown: (name) => (settings.all()?.get(name)?.placeShown ?? (settings.all() ? 'EXACT' : 'HIDDEN')) === 'EXACT',
    async floorOf(landblock) {
      const text = 'select levels from dungeon_maps where landblock = $1'
      return (await pool.query<{ levels: DungeonLevel[] }>(text, [landblock])).rows[0]?.levels ?? []
    },
    onError: (error) => log.warn({ error }, 'the world of Dereth'),
  })
}

async function startWorld(resources: Resources, source: WorldSource, { pool, pubsub, log }: Host): Promise<void> {
  const running = resources.use(worldWriter(source, { pool, pubsub, log }))
  const pilot = await worldPilot(source, running, { pubsub, log })
  resources.defer(() => pilot[Symbol.dispose]())
}
