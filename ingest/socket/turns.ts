/** How long one turn of the event loop may take frames, all connections together, in ms. */
const TURN_MS = 5
/** How long all wait when nobody may read. */
const WAIT_MS = 2
const WIDEST = 1_024

/**
 * Lets connections take turns under load. Node reads up to two megabytes of a connection before it looks at the next one,
 * and at every one before timers and the database: with many that send all they can, one turn would take seconds.
 * So whoever finds the turn used up waits in a queue, and each turn lets as many of them read as the last ones needed.
 */
export class Turns {
  readonly #mustWait: () => boolean
  readonly #clock: () => number
  readonly #queue: (() => void)[] = []
  #begun: number | null = null
  #width = 2
  #served = 0
  #isComing = false

  /** `mustWait`: nobody may read for now, since others are behind with what was read. */
  constructor(mustWait: () => boolean = () => false, clock: () => number = () => performance.now()) {
    this.#mustWait = mustWait
    this.#clock = clock
  }

  /** Whether there is time for more in this turn. Asked after each frame. */
  hasTime(): boolean {
    if (this.#mustWait()) return false
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
    const comeBack = () => {
      this.#isComing = false
      const took = this.#begun === null ? 0 : this.#clock() - this.#begun
      this.#begun = null
      if (!this.#queue.length) return
      if (this.#mustWait()) {
        this.#served = 0
        return this.#comeBack()
      }
      // A turn in which fewer read than could says nothing of how many fit.
      if (took > TURN_MS) this.#width = Math.max(1, this.#width >> 1)
      else if (took < TURN_MS / 2 && this.#served === this.#width) this.#width = Math.min(WIDEST, this.#width * 2)
      const going = this.#queue.splice(0, this.#width)
      this.#served = going.length
      for (const go of going) go()
      if (this.#queue.length) this.#comeBack()
    }
    if (this.#mustWait()) setTimeout(comeBack, WAIT_MS)
    else setImmediate(comeBack)
  }
}
