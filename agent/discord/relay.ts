import type { Log } from '../../shared/log.ts'
import { ChannelQueue, type Plan } from './channel-queue.ts'
import type { Cursor, Memory } from './memory.ts'
import { nameOf, type Send, type Target } from './outlet.ts'
import type { MessageBody, Post } from './posts/post.ts'

/** More posts than this wait: the stream is paused, and goes on where it was. */
const MAX_WAITING = 2_000
/** Fewer than this wait: it goes on. */
const FEW_WAITING = 200
/** Events that are posted nowhere move the cursor, at most so often, in milliseconds. */
const CURSOR_EVERY_MS = 5_000

/** An event of a stream, with where it is posted. */
export interface Routed {
  /** Its place in the stream: greater for later ones. */
  id: string
  posts: readonly { target: Target; post: Post }[]
}

export interface RelayOptions {
  /** Names the cursor. */
  stream: string
  memory: Memory
  /** The position to begin after where nothing is stored. */
  newest: () => Promise<string>
  /** Follows the stream after a position, until the returned function is called. */
  follow: (after: () => string, next: (event: Routed) => void) => () => void
  send: Send
  perMinute: number
  decorate: (target: Target, post: Post, body: MessageBody) => MessageBody
  /** Adds what must be looked up to a post that is sent alone. */
  complete?: (post: Post) => Promise<Post>
  log: Log
}

/**
 * Posts the events of one stream: each once in each of its channels, in order. What was posted is stored after each
 * message; a restart goes on after it.
 */
export class Relay implements AsyncDisposable {
  readonly #options: RelayOptions
  readonly #queues = new Map<string, ChannelQueue>()
  readonly #done: Record<string, string>
  readonly #plans: Record<string, Plan>
  #head: bigint
  #stored: bigint
  #timer: NodeJS.Timeout | null = null
  #stop: (() => void) | null = null

  private constructor(options: RelayOptions, { after, done, plans }: Cursor) {
    this.#options = options
    this.#head = BigInt(after)
    this.#stored = this.#head
    this.#done = { ...done }
    this.#plans = { ...plans }
    this.#follow()
  }

  /** Starts it where it was, or with what happens from now on. */
  static async start(options: RelayOptions): Promise<Relay> {
    const { memory, stream } = options
    let cursor = memory.cursor(stream)
    if (!cursor) {
      cursor = { after: await options.newest(), done: {} }
      await memory.saveCursor(stream, cursor)
    }
    return new Relay(options, cursor)
  }

  #follow(): void {
    this.#stop ??= this.#options.follow(
      () => String(this.#head),
      (event) => this.#take(event),
    )
  }

  #take({ id, posts }: Routed): void {
    const position = BigInt(id)
    if (position <= this.#head) return // sent again after a break
    this.#head = position
    for (const { target, post } of posts) {
      const name = nameOf(target)
      if (position <= BigInt(this.#done[name] ?? '0')) continue // posted before the restart
      this.#queue(target).add(post)
    }
    const queues = [...this.#queues.values()]
    for (const queue of queues) queue.reached(position)
    if (!posts.length) this.#timer ??= setTimeout(() => this.#saveSoon(), CURSOR_EVERY_MS)
    if (this.#waiting() > MAX_WAITING && !queues.some((queue) => queue.isHeld(position))) this.#pause()
  }

  #queue(target: Target): ChannelQueue {
    const name = nameOf(target)
    const { send, perMinute, decorate, complete = (post: Post) => Promise.resolve(post), log } = this.#options
    let queue = this.#queues.get(name)
    if (!queue) {
      queue = new ChannelQueue({
        target,
        send,
        perMinute,
        decorate: (post, body) => decorate(target, post, body),
        complete,
        planned: this.#plans[name] ?? null,
        plan: (plan) => {
          this.#plans[name] = plan
          return this.#save()
        },
        done: async (last) => {
          this.#done[name] = last.id
          delete this.#plans[name]
          await this.#save()
          if (!this.#stop && this.#waiting() < FEW_WAITING) this.#follow()
        },
        log,
      })
      this.#queues.set(name, queue)
    }
    return queue
  }

  #pause(): void {
    this.#stop?.()
    this.#stop = null
    this.#options.log.warn({ waiting: this.#waiting() }, 'too much waits to be posted; the stream is paused')
  }

  #waiting(): number {
    let waiting = 0
    for (const queue of this.#queues.values()) waiting += queue.size
    return waiting
  }

  #saveSoon(): void {
    this.#timer = null
    if (this.#position() > this.#stored) void this.#save()
  }

  /** Everything up to it was posted. */
  #position(): bigint {
    let position = this.#head
    for (const { oldest } of this.#queues.values())
      if (oldest && BigInt(oldest.id) - 1n < position) position = BigInt(oldest.id) - 1n
    return position
  }

  async #save(): Promise<void> {
    const { memory, stream, log } = this.#options
    const position = this.#position()
    for (const [name, id] of Object.entries(this.#done)) if (BigInt(id) <= position) delete this.#done[name]
    this.#stored = position
    await memory
      .saveCursor(stream, { after: String(position), done: { ...this.#done }, plans: { ...this.#plans } })
      .catch((error: unknown) => log.warn({ error }, 'the position could not be stored; it is stored with the next'))
  }

  /** Ends it; what was posted is stored. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop?.()
    if (this.#timer) clearTimeout(this.#timer)
    for (const queue of this.#queues.values()) await queue[Symbol.asyncDispose]()
    if (this.#position() > this.#stored) await this.#save()
  }
}
