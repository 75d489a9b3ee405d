import type { Tool } from '../mcp/tool.ts'
import { CALLS, refusalAfter, SLOW_CALLS } from './call-limits.ts'

/**
 * Calls that a process takes from the shared limit at once: a write to the database for each call would slow all down.
 */
const LEASE = 100
const MAX_PRINCIPALS = 10_000

/** Takes so many of what `name` may do within a minute, over all processes; false when there is no room for them. */
export type TakeShared = (name: string, amount: number, perMinute: number) => Promise<boolean>

/**
 * The limits of calls as all gateways share them. A process may hold a lease of 100 calls that it does not use: so many
 * calls fewer, and never more, are let through.
 */
export class SharedCalls {
  readonly #take: TakeShared
  readonly #left = new Map<string, number>()
  readonly #leasing = new Map<string, Promise<boolean>>()

  constructor(take: TakeShared) {
    this.#take = take
  }

  /** Counts a call, or returns the text of the refusal. */
  async admit(principal: string, { name, isSlow }: Pick<Tool, 'name' | 'isSlow'>): Promise<string | null> {
    if (!(await this.#takeOne(principal))) return refusalAfter(Math.ceil((60 * LEASE) / CALLS))
    if (isSlow && !(await this.#take(`${principal} ${name}`, 1, SLOW_CALLS))) return refusalAfter(60 / SLOW_CALLS)
    return null
  }

  async #takeOne(principal: string): Promise<boolean> {
    for (;;) {
      const left = this.#left.get(principal) ?? 0
      if (left > 0) {
        this.#left.set(principal, left - 1)
        return true
      }
      if (!(await this.#lease(principal))) return false
    }
  }

  /** One at a time for each principal: calls that arrive together wait for the same lease. */
  #lease(principal: string): Promise<boolean> {
    const under = this.#leasing.get(principal)
    if (under) return under
    const leasing = this.#take(principal, LEASE, CALLS)
      .then((isTaken) => {
        if (isTaken) this.#keep(principal)
        return isTaken
      })
      .finally(() => this.#leasing.delete(principal))
    this.#leasing.set(principal, leasing)
    return leasing
  }

  #keep(principal: string): void {
    this.#left.delete(principal) // to the end: the lease taken longest ago is forgotten first
    this.#left.set(principal, LEASE)
    if (this.#left.size > MAX_PRINCIPALS) this.#left.delete(this.#left.keys().next().value!)
  }
}
