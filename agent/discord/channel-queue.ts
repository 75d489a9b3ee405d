import { setTimeout as wait } from 'node:timers/promises'
import { Counter } from 'prom-client'
import type { Log } from '../../shared/log.ts'
import { nameOf, Refused, type Send, type Target } from './outlet.ts'
import { Budget } from './posts/budget.ts'
import { digestOf, joinable, messageOf } from './posts/digest.ts'
import type { MessageBody, Post } from './posts/post.ts'

/** Posts that are sent one by one while the budget is spent; more go out as a digest. */
const FEW = 3
/** Between two digests, in milliseconds. */
const DIGEST_EVERY_MS = 10_000
const FIRST_RETRY_MS = 500
const MAX_RETRY_MS = 30_000

const refused = new Counter({ name: 'overlord_discord_refused_total', help: 'Messages that Discord did not take' })
const posted = new Counter({ name: 'overlord_discord_posted_total', help: 'Messages that were posted to Discord' })

/** A message of several posts: those up to one. Stored before it is sent, so that a restart sends the same again. */
export interface Plan {
  /** Id of its last post, which is also its nonce. */
  last: string
  isDigest: boolean
}

export interface ChannelQueueOptions {
  target: Target
  send: Send
  /** Messages a minute; a burst beyond it becomes digests. */
  perMinute: number
  /** Adds buttons to a message of a single post. */
  decorate: (post: Post, body: MessageBody) => MessageBody
  /** Adds what must be looked up to a post that is sent alone. */
  complete: (post: Post) => Promise<Post>
  /** The plan that was stored and not done when the process before ended; null for none. */
  planned: Plan | null
  /** Stores what is about to be sent. */
  plan: (plan: Plan) => Promise<void>
  /** Called when posts up to one were sent or refused; the next message waits for it. */
  done: (last: Post) => Promise<void>
  log: Log
}

/**
 * The posts of one channel, sent one after the other in their order. Discord drops a message with the nonce of an
 * earlier one. So a process that begins first sends what the one before may have sent: the message that was planned, or
 * else a single post.
 */
export class ChannelQueue implements AsyncDisposable {
  readonly #options: ChannelQueueOptions
  readonly #waiting: Post[] = []
  readonly #over = new AbortController()
  readonly #budget: Budget
  #digestAt = 0
  #planned: Plan | null
  #isFirst = true
  #running: Promise<void> | null = null

  constructor(options: ChannelQueueOptions) {
    this.#options = options
    this.#budget = new Budget(options.perMinute)
    this.#planned = options.planned
  }

  /** Posts that were not sent yet. */
  get size(): number {
    return this.#waiting.length
  }
  /** The oldest of them. */
  get oldest(): Post | null {
    return this.#waiting[0] ?? null
  }

  add(post: Post): void {
    this.#waiting.push(post)
    this.reached(BigInt(post.id))
  }

  /** Whether posts of a planned message are still to come, at this position of the stream. */
  isHeld(position: bigint): boolean {
    return this.#planned !== null && position < BigInt(this.#planned.last)
  }
  /** Begins to send, unless it is held: the stream is at a position now. */
  reached(position: bigint): void {
    if (!this.#waiting.length || this.isHeld(position)) return
    this.#running ??= this.#run().finally(() => (this.#running = null))
  }

  async #run(): Promise<void> {
    const { signal } = this.#over
    // Events of one moment come as separate messages of the stream: they are taken together.
    await wait(5, undefined, { signal }).catch(() => undefined)
    while (this.#waiting.length && !signal.aborted) {
      const count = await this.#take()
      if (signal.aborted) return
      const posts = this.#waiting.slice(0, count.posts)
      const body = count.isDigest ? digestOf(posts) : await this.#single(posts)
      const last = posts.at(-1)!
      if (posts.length > 1) await this.#options.plan({ last: last.id, isDigest: count.isDigest })
      if (!(await this.#sent(body, last))) return
      this.#waiting.splice(0, posts.length)
      await this.#options.done(last)
    }
  }

  /** How many posts the next message is made of. Waits for the budget. */
  async #take(): Promise<{ posts: number; isDigest: boolean }> {
    const { signal } = this.#over
    const again = this.#again()
    if (again) {
      this.#budget.take()
      return again
    }
    const { perMinute } = this.#options
    const waitMs = this.#budget.waitMs()
    if (waitMs && this.#waiting.length > FEW) {
      const until = Math.max(waitMs, this.#digestAt + DIGEST_EVERY_MS - performance.now())
      await wait(until, undefined, { signal }).catch(() => undefined)
    } else if (waitMs) await wait(waitMs, undefined, { signal }).catch(() => undefined)
    const isDigest = this.#waiting.length > (waitMs ? FEW : perMinute)
    if (isDigest) this.#digestAt = performance.now()
    this.#budget.take()
    return { posts: isDigest ? this.#waiting.length : joinable(this.#waiting), isDigest }
  }

  /** The first message after a start: the one that may have been sent before it. */
  #again(): { posts: number; isDigest: boolean } | null {
    if (!this.#isFirst) return null
    const planned = this.#planned
    this.#isFirst = false
    this.#planned = null
    const posts = planned ? this.#waiting.filter(({ id }) => BigInt(id) <= BigInt(planned.last)).length : 0
    return posts > 0 ? { posts, isDigest: planned!.isDigest } : { posts: 1, isDigest: false }
  }

  async #single(posts: readonly Post[]): Promise<MessageBody> {
    const [post] = posts
    if (posts.length > 1 || !post) return messageOf(posts)
    const { complete, decorate } = this.#options
    // While others wait, nothing is looked up: they would wait for it too.
    return decorate(post, messageOf([this.#waiting.length > FEW ? post : await complete(post)]))
  }

  /** Sends until it is sent or refused. False when the queue ends before. */
  async #sent(body: MessageBody, last: Post): Promise<boolean> {
    const { target, send, log } = this.#options
    for (let failures = 0; !this.#over.signal.aborted; failures++) {
      try {
        await send(target, body, last.id)
        posted.inc()
        return true
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        if (error instanceof Refused) {
          refused.inc()
          log.error({ channel: nameOf(target), why }, 'Discord does not take a message; it is left out')
          return true
        }
        if (failures === 0) log.warn({ channel: nameOf(target), why }, 'Discord could not be reached; trying again')
        const pause = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
        await wait(pause, undefined, { signal: this.#over.signal }).catch(() => undefined)
      }
    }
    return false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await this.#running
  }
}
