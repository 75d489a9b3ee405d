/** How many messages a channel may have: a burst of a minute’s worth, refilled evenly. Times in milliseconds. */
export class Budget {
  readonly #perMinute: number
  readonly #now: () => number
  #left: number
  #at: number

  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#perMinute = perMinute
    this.#left = perMinute
    this.#now = now
    this.#at = now()
  }

  /** How long until the next message may be sent; 0 for now. */
  waitMs(): number {
    this.#refill()
    return this.#left >= 1 ? 0 : Math.ceil(((1 - this.#left) * 60_000) / this.#perMinute)
  }

  /** Counts a message. */
  take(): void {
    this.#refill()
    this.#left -= 1
  }

  #refill(): void {
    const now = this.#now()
    this.#left = Math.min(this.#perMinute, this.#left + ((now - this.#at) * this.#perMinute) / 60_000)
    this.#at = now
  }
}
