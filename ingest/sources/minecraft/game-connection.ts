// One bot in a Minecraft server: connects, comes back after every end, keeps to spectator mode, goes where it is sent.
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../../shared/log.ts'
import type { BotLibrary, BotOptions, GameBot, GamePlayer, Position } from './bot-library.ts'

export interface MinecraftOptions {
  host: string
  port: number
  username: string
  auth: BotOptions['auth']
  /** Null for that of the server. */
  version: string | null
  /** Where a Microsoft sign-in is kept. */
  profilesFolder: string
}

/** Waits between attempts, in milliseconds; the last one goes on. */
const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const
const TIMEOUT_MS = 30_000
/** How long a command for spectator mode may take until the next form is tried, in milliseconds. */
const SPECTATOR_MS = 1_500
/** How far the bot may be from whom it follows, in blocks, and how often it catches up. */
const NEAR = 8
const CATCH_UP_MS = 500
/** A player who is too far to be seen is caught up with by name, at most so often. */
const BY_NAME_MS = 3_000

/** Called with every bot that is in its world, until it ends. What it gives ends what was begun. */
export type OnJoin = (bot: GameBot) => () => void

export class GameConnection implements AsyncDisposable {
  readonly #library: BotLibrary
  readonly #options: MinecraftOptions
  readonly #log: Log
  readonly #ending = new AbortController()
  readonly #running: Promise<void>
  readonly #catchUp: NodeJS.Timeout
  #bot: GameBot | null = null
  #follows: string | null = null
  #byNameAt = 0

  constructor(library: BotLibrary, options: MinecraftOptions, log: Log, onJoin: OnJoin, onLeave: () => void) {
    this.#library = library
    this.#options = options
    this.#log = log
    this.#running = this.#run(onJoin, onLeave)
    this.#catchUp = setInterval(() => this.#keepNear(), CATCH_UP_MS).unref()
  }

  /** The bot while it is in its world. */
  get bot(): GameBot | null {
    return this.#bot
  }
  get follows(): string | null {
    return this.#follows
  }
  get username(): string {
    return this.#options.username
  }

  /** A player who is in the world, ignoring case. Only names that the server lists are ever sent to it. */
  player(name: string): GamePlayer | null {
    const wanted = name.toLowerCase()
    const players = Object.values(this.#bot?.players ?? {})
    return players.find(({ username }) => username.toLowerCase() === wanted) ?? null
  }

  follow(name: string): boolean {
    const found = this.player(name)
    if (!found || !/^\w{1,16}$/.test(found.username)) return false
    if (this.#follows !== found.username) this.#byNameAt = 0
    this.#follows = found.username
    this.#keepNear()
    return true
  }

  goTo({ x, y, z }: Position): boolean {
    if (!this.#bot) return false
    this.#follows = null
    this.#teleport(`${Math.floor(x)} ${Math.floor(y)} ${Math.floor(z)}`)
    return true
  }

  #teleport(to: string): void {
    this.#bot?.chat(`/tp ${this.#options.username} ${to}`)
  }

  #keepNear(): void {
    const found = this.#follows === null ? null : this.player(this.#follows)
    if (!found || !this.#bot) return
    const there = entityOf(this.#bot, found)?.position
    if (there) {
      const here = this.#bot.entity.position
      if (Math.max(Math.abs(there.x - here.x), Math.abs(there.z - here.z)) <= NEAR) return
      this.#teleport(`${Math.floor(there.x)} ${Math.floor(there.y) + 4} ${Math.floor(there.z)}`)
    } else if (performance.now() - this.#byNameAt > BY_NAME_MS) {
      this.#byNameAt = performance.now()
      this.#teleport(found.username)
    }
  }

  async #run(onJoin: OnJoin, onLeave: () => void): Promise<void> {
    for (let attempt = 0; !this.#ending.signal.aborted; attempt++) {
      const hasJoined = await this.#once(onJoin).catch((error: unknown) => {
        this.#log.warn({ error }, 'the bot of a Minecraft world could not connect')
        return false
      })
      onLeave()
      if (hasJoined) attempt = 0
      const pause = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)]
      await wait(pause, undefined, { ref: false, signal: this.#ending.signal }).catch(() => undefined)
    }
  }

  /** One connection, until it ends. Gives whether it was in the world. */
  async #once(onJoin: OnJoin): Promise<boolean> {
    const { version, ...options } = this.#options
    const bot = this.#library.createBot({
      ...options,
      ...(version !== null && { version }),
      viewDistance: 'tiny',
      hideErrors: true,
      checkTimeoutInterval: TIMEOUT_MS,
      onMsaCode: ({ verification_uri, user_code }) =>
        this.#log.warn(`Sign the bot in at ${verification_uri} with the code ${user_code}`),
    })
    let left: (() => void) | null = null
    const quit = () => bot.quit()
    this.#ending.signal.addEventListener('abort', quit, { once: true })
    bot.on('error', (error: Error) => this.#log.debug({ error }, 'the bot of a Minecraft world'))
    bot.on('kicked', (reason: unknown) => this.#log.warn({ reason }, 'the bot was kicked from its Minecraft world'))
    bot.once('spawn', () => {
      this.#bot = bot
      left = onJoin(bot)
      void this.#becomeSpectator(bot)
    })
    await new Promise<void>((resolve) => bot.once('end', () => resolve()))
    this.#ending.signal.removeEventListener('abort', quit)
    this.#bot = null
    const end = left as (() => void) | null
    end?.()
    return end !== null
  }

  /** Servers know different forms of the command. A bot that may not use them stays what it is, and is seen. */
  async #becomeSpectator(bot: GameBot): Promise<void> {
    for (const command of [`/gamemode spectator ${this.#options.username}`, '/gamemode spectator', '/gamemode 3']) {
      if (bot.game.gameMode === 'spectator' || this.#bot !== bot) return
      bot.chat(command)
      await wait(SPECTATOR_MS, undefined, { ref: false, signal: this.#ending.signal }).catch(() => undefined)
    }
    if (bot.game.gameMode !== 'spectator' && this.#bot === bot)
      this.#log.warn('the bot may not become a spectator: let it use /gamemode, or set its mode when it joins')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#catchUp)
    this.#ending.abort()
    await this.#running
  }
}

/**
 * The entity of a player. Some versions report players as entities of another type: these have the player's id, too.
 */
export const entityOf = (bot: GameBot, { entity, uuid }: GamePlayer) =>
  entity ?? Object.values(bot.entities).find((one) => one.uuid === uuid) ?? null
