/** How long one turn of the event loop may take frames, all connections together, in ms. */
const TURN_MS = 5
/** How long all connections wait when none may continue. */
const WAIT_MS = 2
const WIDEST = 1_024

/**
 * Lets connections take turns under load. Node reads 64 KB of every connection that has data before it runs timers and
 * database callbacks: with many that send all they can, taking all of it would take seconds. So a connection that finds
 * the turn used up keeps what it read and waits; each turn takes as much of that as there is time for. Only when all of
 * it is taken do more connections read, as many at once as fitted a turn lately: data between reading and taking costs
 * memory and delay.
 */
export class Turns {
  readonly #mustWait: () => boolean
  readonly #clock: () => number
  #takers: (() => void)[] = []
  #readers: (() => void)[] = []
  #begun: number | null = null
  #width = 2
  #isComing = false
  #isEnding = false

  /** `mustWait`: none may continue for now, since the writer is behind with what was taken. */
  constructor(mustWait: () => boolean = () => false, clock: () => number = () => performance.now()) {
    this.#mustWait = mustWait
    this.#clock = clock
  }

  /** Whether there is time for more in this turn. Asked before each frame. */
  hasTime(): boolean {
    if (this.#isEnding) return true
    if (this.#mustWait()) return false
    const now = this.#clock()
    if (this.#begun === null) {
      this.#begun = now
      this.#comeBack()
      return true
    }
    return now - this.#begun < TURN_MS
  }

  /** Calls `take` in a later turn, in the order of calls. It should stop when there is no time left, and ask again. */
  waitToTake(take: () => void): void {
    this.#takers.push(take)
    this.#comeBack()
  }

  /** Calls `read` in a later turn, once all that was read is taken. */
  waitToRead(read: () => void): void {
    this.#readers.push(read)
    this.#comeBack()
  }

  /** From now on there is time for all: waiting connections continue at once. */
  end(): void {
    this.#isEnding = true
    for (const take of this.#takers.splice(0)) take()
    for (const read of this.#readers.splice(0)) read()
  }

  #comeBack(): void {
    if (this.#isComing) return
    this.#isComing = true
    const comeBack = () => {
      this.#isComing = false
      this.#begun = null
      this.#goOn()
      if (this.#takers.length + this.#readers.length) this.#comeBack()
    }
    if (this.#mustWait()) setTimeout(comeBack, WAIT_MS)
    else setImmediate(comeBack)
  }

  #goOn(): void {
    const takers = this.#takers
    this.#takers = []
    let gone = 0
    while (gone < takers.length && this.hasTime()) takers[gone++]!()
    this.#takers = takers.slice(gone).concat(this.#takers) // those who asked again are the last
    if (this.#takers.length || this.#mustWait()) {
      this.#width = Math.max(1, this.#width >> 1)
      return
    }
    for (const read of this.#readers.splice(0, this.#width)) read()
    this.#width = Math.min(WIDEST, this.#width * 2)
  }
}
