import type { Entry } from './entry.ts'

const MOST = 1_024
const MOST_CHARACTERS = 4 * 1024 * 1024

/** The newest events of a stream, for readers who broke off. */
export class Ring {
  #entries: Entry[] = []
  #from = 0
  #characters = 0

  push(entry: Entry): void {
    this.#entries.push(entry)
    this.#characters += entry.json.length
    while (this.#entries.length - this.#from > MOST || this.#characters > MOST_CHARACTERS) {
      this.#characters -= this.#entries[this.#from]!.json.length
      this.#from++
    }
    if (this.#from < MOST) return
    this.#entries = this.#entries.slice(this.#from)
    this.#from = 0
  }

  /** The events after this place; null if some of them are forgotten. */
  after(seq: number): readonly Entry[] | null {
    const newest = this.#entries.at(-1)?.seq ?? 0
    const oldest = this.#entries[this.#from]?.seq ?? newest + 1
    if (seq > newest || seq < oldest - 1) return null
    return this.#entries.slice(this.#from + seq - oldest + 1)
  }
}
