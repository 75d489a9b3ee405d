/**
 * How many calls of one principal run at once; further ones wait. More would not end sooner, for they share a
 * processor. What many hold at once (rows, text, result) outlives the young generation, and becomes garbage that only
 * a full collection frees: 200 clients made the process 110 MB larger with 16 at once, 60 MB with four.
 */
const AT_ONCE = 4

interface Line {
  running: number
  waiting: (() => void)[]
}

/** Lets calls run a few at a time for each principal, in the order in which they arrived. */
export class Turns {
  readonly #lines = new Map<string, Line>()

  /** Runs work when it is its turn. */
  async run<T>(principal: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(principal) ?? { running: 0, waiting: [] }
    this.#lines.set(principal, line)
    if (line.running >= AT_ONCE) await new Promise<void>((resolve) => line.waiting.push(resolve))
    else line.running++
    try {
      return await work()
    } finally {
      const next = line.waiting.shift()
      // Its place passes on as it is.
      if (next) next()
      else if (--line.running === 0) this.#lines.delete(principal)
    }
  }
}
