const MAX_NAMES = 200
const MAX_LENGTH = 160
const IDLE_MS = 3_600_000

/** Names that senders chose, as far as we keep count of them: they must not grow our memory by inventing some. */
export class KnownNames {
  /** When each was seen last, the longest unseen first. */
  readonly #seen = new Map<string, number>()
  readonly #forget: (name: string) => void

  /** @param forget called with a name that was replaced by another */
  constructor(forget: (name: string) => void) {
    this.#forget = forget
  }

  /** Whether the name is kept. When full, a name not used for an hour is replaced, so a burst of new names passes. */
  admits(name: string, nowMs = Date.now()): boolean {
    if (name.length > MAX_LENGTH) return false
    if (!this.#seen.delete(name) && this.#seen.size >= MAX_NAMES && !this.#makeRoom(nowMs)) return false
    this.#seen.set(name, nowMs)
    return true
  }

  #makeRoom(nowMs: number): boolean {
    const [name, seenMs] = this.#seen.entries().next().value!
    if (nowMs - seenMs < IDLE_MS) return false
    this.#seen.delete(name)
    this.#forget(name)
    return true
  }
}
