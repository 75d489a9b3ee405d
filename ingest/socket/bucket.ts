/** Lets through `perSecond` of something on average and `burst` at once. */
export class Bucket {
  readonly #perMs: number
  readonly #burst: number
  #left: number
  #at = performance.now()

  constructor(perSecond: number, burst: number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#left = burst
  }

  /** Takes one; false when there is none left. `now` as of `performance.now()`. */
  take(now: number): boolean {
    if (this.#left < 1) this.#fill(now)
    if (this.#left < 1) return false
    this.#left--
    return true
  }

  /** Takes one, or more, in any case, on credit if need be; false when it was on credit. */
  spend(now: number, amount = 1): boolean {
    if (this.#left < amount) this.#fill(now)
    this.#left -= amount
    return this.#left >= 0
  }

  /** How long until one is there again, in ms. */
  waitMs(now: number): number {
    this.#fill(now)
    return this.#left >= 1 ? 0 : Math.ceil((1 - this.#left) / this.#perMs)
  }

  #fill(now: number): void {
    this.#left = Math.min(this.#burst, this.#left + Math.max(0, now - this.#at) * this.#perMs)
    this.#at = now
  }
}
