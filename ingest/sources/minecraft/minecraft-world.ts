// A Minecraft server as a world of Mind's Eye: its surface, players and creatures as bots see them.
import type { Sight, WorldPlace } from '../../../shared/contract/world-commands.ts'
import { wellFormed } from '../../../shared/contract/json-value.ts'
import { CHUNK, type WorldEntity } from '../../../shared/contract/world-view.ts'
import type { Log } from '../../../shared/log.ts'
import { sightOf } from '../world/sight.ts'
import type { Area, WorldChange, WorldSource } from '../world/world-source.ts'
import type { BotLibrary, GameBot, GameEntity, Position } from './bot-library.ts'
import { entityOf, GameConnection, type MinecraftOptions } from './game-connection.ts'
import { awaitChunksLoaded, LoadedChunks } from './loaded-chunks.ts'

const MAX_DISPATCHED = 2
/** How often what moved is reported, and how often far chunks are unloaded, in milliseconds. */
const MOVES_MS = 200
const TIDY_MS = 5_000
/** Chunks farther than this from every bot are unloaded. */
const KEEP_CHUNKS = 10
const MAX_ENTITIES = 500
const MAX_NAME = 64

export class MinecraftWorld implements WorldSource {
  readonly name = 'minecraft'
  readonly kind = 'MINECRAFT'
  readonly intervalMs = 100
  readonly #library: BotLibrary
  readonly #options: MinecraftOptions
  readonly #log: Log
  readonly #connections: GameConnection[] = []
  readonly #chunks = new LoadedChunks()
  readonly #reported = new Map<string, WorldEntity>()
  #report: (change: WorldChange) => void = () => undefined

  constructor(library: BotLibrary, options: MinecraftOptions, log: Log) {
    this.#library = library
    this.#options = options
    this.#log = log
  }

  start(report: (change: WorldChange) => void): AsyncDisposable {
    this.#report = report
    this.#connect(this.#options.username)
    const moves = setInterval(() => this.#reportMoves(), MOVES_MS).unref()
    const tidy = setInterval(() => this.#tidy(), TIDY_MS).unref()
    return {
      [Symbol.asyncDispose]: async () => {
        clearInterval(moves)
        clearInterval(tidy)
        for (const connection of this.#connections) await connection[Symbol.asyncDispose]()
      },
    }
  }

  players(): WorldEntity[] {
    return [...this.#reported.values()].filter(({ kind }) => kind === 'PLAYER')
  }

  place(): WorldPlace | null {
    const here = this.#first?.bot?.entity?.position
    return here ? rounded(here) : null
  }

  follow(player: string): boolean {
    return this.#first?.follow(player) ?? false
  }

  goTo({ x, y, z }: WorldPlace): boolean {
    const height = y ?? (this.#chunks.surface.at(x, z)?.y ?? this.place()?.y ?? 64) + 4
    return this.#first?.goTo({ x, y: height, z }) ?? false
  }

  async scan(area: Area, timeoutMs: number): Promise<Sight> {
    await awaitChunksLoaded(this.#chunks, area.center, area.radius, timeoutMs)
    return sightOf(area, (x, z) => this.#chunks.surface.at(x, z), this.#reported.values())
  }

  dispatch(player: string): string | null {
    const found = this.#first?.player(player)
    if (!found) return `There is no player ${player} in this world.`
    const further = this.#connections.slice(1)
    if (further.some(({ follows }) => follows === found.username)) return `A bot watches ${found.username} already.`
    if (further.length >= MAX_DISPATCHED) return `At most ${MAX_DISPATCHED} further bots can be sent.`
    if (this.#options.auth !== 'offline') return 'Further bots need a server with offline sign-in.'
    const username = `${this.#options.username.slice(0, 15)}${further.length + 2}`
    this.#connect(username, found.username)
    return null
  }

  get #first(): GameConnection | undefined {
    return this.#connections[0]
  }

  #connect(username: string, follows: string | null = null): void {
    const connection: GameConnection = new GameConnection(
      this.#library,
      { ...this.#options, username },
      this.#log.child({ bot: username }),
      (bot) => {
        const end = this.#joined(bot)
        // Bots that were sent to a player go there; the first goes to somebody so that there is something to see.
        const target = connection.follows ?? follows ?? this.#somebody(bot)
        if (target !== null) connection.follow(target)
        return end
      },
      () => this.#left(connection),
    )
    this.#connections.push(connection)
  }

  #isBot(name: string | undefined): boolean {
    return this.#connections.some(({ username }) => username === name)
  }

  #somebody(bot: GameBot): string | null {
    return Object.values(bot.players).find(({ username }) => !this.#isBot(username))?.username ?? null
  }

  #joined(bot: GameBot): () => void {
    const stop = this.#chunks.follow(bot, (cells) => this.#report({ cells }))
    this.#report({ state: this.#stateOf(bot) })
    return stop
  }

  #left(connection: GameConnection): void {
    if (connection === this.#first) this.#report({ state: { connected: false } })
  }

  #stateOf(bot: GameBot): WorldChange['state'] {
    const weather = !bot.isRaining ? 'CLEAR' : bot.thunderState > 0 ? 'THUNDER' : 'RAIN'
    const timeOfDay = Math.floor(bot.time?.timeOfDay ?? 0)
    return { connected: true, timeOfDay, weather, focus: this.#first?.follows ?? null }
  }

  /** Reports what moved since the last time, who is gone, and the state with it. */
  #reportMoves(): void {
    const bots = this.#connections.flatMap(({ bot }) => (bot?.entity ? [bot] : []))
    const first = this.#first?.bot
    if (!first?.entity) return
    const there = new Map<string, WorldEntity>()
    for (const bot of bots) for (const entity of this.#entitiesOf(bot)) there.set(entity.id, entity)
    const moved = [...there.values()].filter((entity) => !isSame(this.#reported.get(entity.id), entity))
    const gone = [...this.#reported.keys()].filter((id) => !there.has(id))
    for (const entity of moved) this.#reported.set(entity.id, entity)
    for (const id of gone) this.#reported.delete(id)
    if (moved.length || gone.length) this.#report({ entities: moved, gone, state: this.#stateOf(first)! })
  }

  #entitiesOf(bot: GameBot): WorldEntity[] {
    const named = new Map<GameEntity, string>()
    for (const player of Object.values(bot.players)) {
      const entity = player.username === bot.username ? bot.entity : entityOf(bot, player)
      if (entity) named.set(entity, player.username)
    }
    if (!named.has(bot.entity)) named.set(bot.entity, bot.username)
    return Object.values(bot.entities)
      .filter((entity) => isKnown(entity) || named.has(entity))
      .slice(0, MAX_ENTITIES)
      .map((entity) => this.#entityOf(entity, named.get(entity)))
  }

  #entityOf(entity: GameEntity, player: string | undefined): WorldEntity {
    const kind =
      player === undefined ? (entity.name === 'item' ? 'ITEM' : 'CREATURE') : this.#isBot(player) ? 'BOT' : 'PLAYER'
    const name = wellFormed(player ?? entity.name ?? entity.type ?? '').slice(0, MAX_NAME)
    const health = kind === 'PLAYER' ? healthOf(entity) : undefined
    return { id: `e${entity.id}`, kind, name, ...rounded(entity.position), ...(health !== undefined && { health }) }
  }

  /** Unloads chunks that are far from every bot. */
  #tidy(): void {
    const bots = this.#connections.flatMap(({ bot }) => (bot?.entity ? [bot] : []))
    if (!bots.length) return
    const unloaded = this.#chunks.unloadBeyond(bots, KEEP_CHUNKS)
    if (unloaded.length) this.#report({ unloaded: unloaded.map(({ cx, cz }) => ({ x: cx * CHUNK, z: cz * CHUNK })) })
    const [first] = bots
    this.#report({ state: this.#stateOf(first!)! })
  }
}

/** Some servers report entities without saying what they are, or where. */
const isKnown = ({ position, name, type }: GameEntity): boolean => Number.isFinite(position?.x) && Boolean(name ?? type)

const rounded = ({ x, y, z }: Position): WorldPlace & { y: number } => ({
  x: Math.round(x * 10) / 10,
  y: Math.round(y * 10) / 10,
  z: Math.round(z * 10) / 10,
})

/** Where the protocol has the health of what lives, since 1.17. */
const HEALTH = 9

function healthOf({ metadata }: GameEntity): number | undefined {
  const health = metadata?.[HEALTH]
  return typeof health === 'number' && Number.isFinite(health) ? Math.round(health * 10) / 10 : undefined
}

const isSame = (one: WorldEntity | undefined, other: WorldEntity): boolean =>
  one !== undefined &&
  one.x === other.x &&
  one.y === other.y &&
  one.z === other.z &&
  one.name === other.name &&
  one.health === other.health
