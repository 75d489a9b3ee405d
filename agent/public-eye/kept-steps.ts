// The newest steps of the public page, as they may be shown now.

/** Steps that somebody who comes is shown. */
const MAX_STEPS = 40

interface Kept {
  changeId: string
  text: string
}

/** Steps in the order of their changes, each once. */
export class KeptSteps {
  readonly #steps = new Map<string, Kept>()

  /**
   * Takes a step as it is now. False if it is known like this already: it was read again, and what may be shown of it
   * is the same.
   * @param text the message that shows it
   */
  take({ id, changeId }: { id: string; changeId: string }, text: string): boolean {
    const known = this.#steps.get(id)
    if (known?.changeId === changeId && known.text === text) return false
    if (known && BigInt(known.changeId) > BigInt(changeId)) return false
    if (known?.changeId !== changeId) this.#steps.delete(id) // to the end
    this.#steps.set(id, { changeId, text })
    if (this.#steps.size > MAX_STEPS) this.#steps.delete(this.#steps.keys().next().value!)
    return true
  }

  /** The messages, oldest change first. */
  texts(): string[] {
    return [...this.#steps.values()].map(({ text }) => text)
  }

  /** After which change all of them are read again; null before the first. */
  get before(): string | null {
    const [oldest] = this.#steps.values()
    return oldest ? String(BigInt(oldest.changeId) - 1n) : null
  }
}
