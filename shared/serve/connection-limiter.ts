/** Limits the number of open connections per address. */
export class ConnectionLimiter {
  readonly #taken = new Map<string, number>()
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  /** Counts a connection of an address. Returns a function to release it; null at the limit. */
  take(address: string): (() => void) | null {
    const taken = this.#taken.get(address) ?? 0
    if (taken >= this.#max) return null
    this.#taken.set(address, taken + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      const left = this.#taken.get(address)! - 1
      if (left > 0) this.#taken.set(address, left)
      else this.#taken.delete(address)
    }
  }
}
