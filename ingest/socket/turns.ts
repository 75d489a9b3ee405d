/** How long one turn of the event loop may take frames, all connections together, in ms. */
const TURN_MS = 8
const WIDEST = 1_024

/**
 * Lets connections take turns under load. Node reads up to two megabytes of a connection before it looks at the next one,
 * and at every one before timers and the database: with many that send all they can, one turn would take seconds.
 * So whoever finds the turn used up waits in a queue, and each turn lets as many of them read as the last ones needed.
 */
export class Turns {
  readonly #clock: () => number
  readonly #queue: (() => void)[] = []
  #begun: number | null = null
  #width = 8
  #isComing = false

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  /** Whether there is time for more in this turn. Asked after each frame. */
  hasTime(): boolean {
    const now = this.#clock()
    if (this.#begun === null) {
      this.#begun = now
      this.#comeBack()
      return true
    }
    return now - this.#begun < TURN_MS
  }

  /** Calls `go` in a later turn, in the order of asking. */
  wait(go: () => void): void {
    this.#queue.push(go)
    this.#comeBack()
  }

  #comeBack(): void {
    if (this.#isComing) return
    this.#isComing = true
    setImmediate(() => {
      this.#isComing = false
      const took = this.#begun === null ? 0 : this.#clock() - this.#begun
      this.#begun = null
      if (!this.#queue.length) return
      if (took > TURN_MS) this.#width = Math.max(1, this.#width >> 1)
      else if (took < TURN_MS / 2) this.#width = Math.min(WIDEST, this.#width * 2)
      for (const go of this.#queue.splice(0, this.#width)) go()
      if (this.#queue.length) this.#comeBack()
    })
  }
}
