// The newest steps of the public page, as they may be shown now.

/** Steps that somebody who comes is shown. */
const MAX_STEPS = 40

interface Kept {
  changeId: string
  text: string
}

/** Which state of a step it is. */
type State = { id: string; changeId: string }

/** Steps in the order of their changes, each once. */
export class KeptSteps {
  readonly #steps = new Map<string, Kept>()
  /** What is to be shown after the delay, by step and change. */
  readonly #coming = new Map<string, Kept>()

  /**
   * Takes a step as it may be shown now.
   * @param text the message that shows it
   * @returns `coming` if it is new, and is to be shown after the delay; `changed` if it was shown, and says something
   *   else now: that is sent at once; `known` otherwise
   */
  read({ id, changeId }: State, text: string): 'coming' | 'changed' | 'known' {
    const shown = this.#steps.get(id)
    if (shown && BigInt(shown.changeId) > BigInt(changeId)) return 'known'
    if (shown?.changeId === changeId) {
      if (shown.text === text) return 'known'
      this.#steps.set(id, { changeId, text })
      return 'changed'
    }
    const key = keyOf({ id, changeId })
    const isKnown = this.#coming.has(key)
    this.#coming.set(key, { changeId, text })
    return isKnown ? 'known' : 'coming'
  }

  /** The message of a step after its delay, as it may be shown now; null if a newer state of it is shown. */
  show(state: State): string | null {
    const { id, changeId } = state
    const key = keyOf(state)
    const come = this.#coming.get(key)
    this.#coming.delete(key)
    const shown = this.#steps.get(id)
    if (!come || (shown && BigInt(shown.changeId) > BigInt(changeId))) return null
    this.#steps.delete(id) // to the end
    this.#steps.set(id, come)
    if (this.#steps.size > MAX_STEPS) this.#steps.delete(this.#steps.keys().next().value!)
    return come.text
  }

  /** The messages, oldest change first. */
  texts(): string[] {
    return [...this.#steps.values()].map(({ text }) => text)
  }

  /** After which change all of them are read again; null before the first. */
  get before(): string | null {
    const [oldest] = (this.#steps.size ? this.#steps : this.#coming).values()
    return oldest ? String(BigInt(oldest.changeId) - 1n) : null
  }
}

const keyOf = ({ id, changeId }: State): string => `${id} ${changeId}`
