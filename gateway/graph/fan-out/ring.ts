import type { Entry } from './entry.ts'

/** An event that was sent: its text alone, since the objects it was made of take ten times the memory. */
export type Sent = Pick<Entry, 'seq' | 'json'>

const MAX_EVENTS = 1_024
const MAX_CHARACTERS = 4 * 1024 * 1024

/** The newest events of a stream, for readers who broke off. */
export class Ring {
  #entries: Sent[] = []
  #from = 0
  #characters = 0

  push({ seq, json }: Sent): void {
    this.#entries.push({ seq, json })
    this.#characters += json.length
    while (this.#entries.length - this.#from > MAX_EVENTS || this.#characters > MAX_CHARACTERS) {
      this.#characters -= this.#entries[this.#from]!.json.length
      this.#from++
    }
    if (this.#from * 2 < this.#entries.length) return // what was let go is still held until then
    this.#entries = this.#entries.slice(this.#from)
    this.#from = 0
  }

  /** The events after this place; null if some of them are forgotten. */
  after(seq: number): readonly Sent[] | null {
    const newest = this.#entries.at(-1)?.seq ?? 0
    const oldest = this.#entries[this.#from]?.seq ?? newest + 1
    if (seq > newest || seq < oldest - 1) return null
    return this.#entries.slice(this.#from + seq - oldest + 1)
  }
}
