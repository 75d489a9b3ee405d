// One reading of the graph for everybody who watches the public page.
import { setTimeout as wait } from 'node:timers/promises'
import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Log } from '../../shared/log.ts'
import type { GraphCaller, Variables } from '../../shared/serve/graph-access.ts'
import { PublicEyeTraceDocument, type PublicEyeTraceSubscription } from './eye-trace.subscription.gen.ts'
import { PublicEyeWorldDocument, type PublicEyeWorldSubscription } from './eye-world.subscription.gen.ts'
import { statusMessage, traceMessage, type WorldEvent } from './messages.ts'
import { KeptSteps } from './kept-steps.ts'
import { shiftedStep, shiftedWorld, type Shift } from './places.ts'
import { PublicScene } from './scene.ts'

/** In milliseconds. */
const AGAIN_MS = 2_000
const HEARTBEAT_MS = 5_000
/** Columns around the bot that readers get; what is followed reaches farther, so that it may walk. */
const SHOWN_RADIUS = 16
const FOLLOWED_RADIUS = 28
const MOVES_AFTER = 10
/** How often the world and the newest steps are read again: a character that hides since is in them no longer. */
const READ_AGAIN_MS = 15_000

export interface FeedOptions {
  caller: GraphCaller
  /** How late everything is shown, in milliseconds. */
  delayMs: number
  /** Null to show places as they are. */
  shift: Shift | null
  log: Log
  /** Sends messages to everybody who watches. */
  send: (messages: readonly string[]) => void
  /** In milliseconds. */
  readAgainMs?: number
}

export class PublicFeed implements AsyncDisposable {
  readonly #options: FeedOptions
  readonly #readAgainMs: number
  readonly #ending = new AbortController()
  readonly #running: Promise<unknown>
  readonly #beat: NodeJS.Timeout
  #scene = new PublicScene(SHOWN_RADIUS)
  readonly #steps = new KeptSteps()
  #center: { x: number; z: number } | null = null
  #botId: string | null = null
  /** Ends the stream of a square, for one around another middle. */
  #move: AbortController | null = null

  constructor(options: FeedOptions) {
    this.#options = options
    this.#readAgainMs = options.readAgainMs ?? READ_AGAIN_MS
    this.#running = Promise.all([this.#followWorld(), this.#followTraces()])
    this.#beat = setInterval(() => {
      const beat = this.#scene.heartbeat()
      if (beat !== null) options.send([beat])
    }, HEARTBEAT_MS).unref()
  }

  /** Everything that somebody who comes, or missed something, needs. */
  whole(): string[] {
    return [...this.#scene.whole(), ...this.#steps.texts()]
  }

  async #followWorld(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      this.#move = new AbortController()
      const again = AbortSignal.timeout(this.#readAgainMs)
      const signal = AbortSignal.any([this.#move.signal, again])
      const variables = { center: this.#center, radius: FOLLOWED_RADIUS }
      await this.#follow(PublicEyeWorldDocument, variables, signal, (data) => {
        const { publicWorldChanged: event } = data as PublicEyeWorldSubscription
        this.#later(() => this.#takeWorld(event))
        this.#walkAlong(event)
      })
      if (!this.#move.signal.aborted) {
        // Around the bot of now, which may be another one.
        this.#center = null
        this.#botId = null
      }
      if (!signal.aborted) {
        this.#later(() => this.#options.send([statusMessage(false)]))
        await this.#pause()
      }
    }
  }

  async #followTraces(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const again = AbortSignal.timeout(this.#readAgainMs)
      await this.#follow(PublicEyeTraceDocument, { afterId: this.#steps.before }, again, (data) => {
        const { publicTraceSteps: step } = data as PublicEyeTraceSubscription
        const text = traceMessage(shiftedStep(this.#options.shift, step))
        const is = this.#steps.read(step, text)
        if (is === 'changed') this.#options.send([text])
        if (is !== 'coming') return
        this.#later(() => {
          const now = this.#steps.show(step)
          if (now !== null) this.#options.send([now])
        })
      })
      if (!again.aborted) await this.#pause()
    }
  }

  /** Follows one stream until it ends, breaks, or is moved. */
  async #follow(
    document: DocumentNode,
    variables: Variables,
    moved: AbortSignal | undefined,
    take: (data: unknown) => void,
  ): Promise<void> {
    const ended = moved ? AbortSignal.any([this.#ending.signal, moved]) : this.#ending.signal
    try {
      const result = await this.#options.caller.subscribe(document, variables, 'whole')
      // Without a world there is nothing to follow yet.
      if (!(Symbol.asyncIterator in result)) return
      const events = (result as AsyncIterable<ExecutionResult>)[Symbol.asyncIterator]()
      const end = () => void events.return?.()
      if (ended.aborted) return end()
      ended.addEventListener('abort', end, { once: true })
      for (let step = await events.next(); !step.done && !ended.aborted; step = await events.next())
        if (step.value.data) take(step.value.data)
      ended.removeEventListener('abort', end)
    } catch (error) {
      this.#options.log.warn({ error }, 'a stream of the public page broke')
    }
  }

  #takeWorld(event: WorldEvent): void {
    const messages = this.#scene.take(shiftedWorld(this.#options.shift, event))
    if (messages) this.#options.send(messages)
    // Events were missed: a new stream begins with the whole square.
    else this.#move?.abort()
  }

  /** Follows another square once the bot nears the edge of this one. */
  #walkAlong({ entities }: WorldEvent): void {
    const bot = entities.find(({ kind, id }) => kind === 'BOT' && (!this.#botId || id === this.#botId))
    if (!bot) return
    this.#botId ??= bot.id
    const place = { x: Math.floor(bot.x), z: Math.floor(bot.z) }
    const middle = (this.#center ??= place)
    if (Math.max(Math.abs(place.x - middle.x), Math.abs(place.z - middle.z)) <= MOVES_AFTER) return
    this.#center = place
    this.#move?.abort()
  }

  #later(act: () => void): void {
    const { delayMs } = this.#options
    if (delayMs === 0) return act()
    const timer = setTimeout(() => !this.#ending.signal.aborted && act(), delayMs)
    timer.unref()
  }

  #pause(): Promise<unknown> {
    return wait(AGAIN_MS, undefined, { ref: false, signal: this.#ending.signal }).catch(() => undefined)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#beat)
    this.#ending.abort()
    await this.#running
  }
}
