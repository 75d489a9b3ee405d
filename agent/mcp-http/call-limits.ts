import type { Tool } from '../mcp/tool.ts'

const MINUTE_MS = 60_000
/** Calls in a minute of one principal over all tools. */
export const CALLS = 6_000
/** Calls in a minute of one principal of a tool that searches or waits for long. */
export const SLOW_CALLS = 20
const MAX_PRINCIPALS = 10_000

interface Bucket {
  left: number
  filledMs: number
}

/**
 * How often a principal may call in this process: a bucket for all tools and one for each slow tool, refilled evenly.
 */
export class CallLimits {
  readonly #buckets = new Map<string, Bucket>()
  readonly #clock: () => number

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  /** Counts a call, or returns the text of the refusal with the seconds to wait. A refused call is not counted. */
  admit(principal: string, { name, isSlow }: Pick<Tool, 'name' | 'isSlow'>): string | null {
    const all = this.#bucket(principal, CALLS)
    const own = isSlow ? this.#bucket(`${principal} ${name}`, SLOW_CALLS) : null
    const seconds = Math.max(secondsUntil(all, CALLS), own ? secondsUntil(own, SLOW_CALLS) : 0)
    if (seconds > 0) return refusalAfter(seconds)
    all.left--
    if (own) own.left--
    return null
  }

  #bucket(key: string, size: number): Bucket {
    const now = this.#clock()
    const bucket = this.#buckets.get(key) ?? { left: size, filledMs: now }
    bucket.left = Math.min(size, bucket.left + ((now - bucket.filledMs) * size) / MINUTE_MS)
    bucket.filledMs = now
    this.#buckets.delete(key) // to the end: the one used longest ago is forgotten first
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > MAX_PRINCIPALS) this.#buckets.delete(this.#buckets.keys().next().value!)
    return bucket
  }
}

/** The text of a refusal. */
export const refusalAfter = (seconds: number): string => `Too many calls. Try again in ${seconds} s. (TOO_MANY_TRIES)`

const secondsUntil = ({ left }: Bucket, size: number): number =>
  left >= 1 ? 0 : Math.ceil(((1 - left) * MINUTE_MS) / size / 1_000)
