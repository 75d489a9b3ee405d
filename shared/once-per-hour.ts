const HOUR_MS = 3_600_000
/** Kinds that are remembered; the names of unknown types are fewer (`KnownNames`). */
const MAX_KINDS = 1_000

/** Says of something that happens often when it should be logged: once an hour for each kind. */
export class OncePerHour {
  readonly #kinds = new Map<string, { loggedMs: number; since: number }>()

  /** How often the kind has come since it was logged last, this time included; null while it is not to be logged. */
  take(kind: string, nowMs: number): number | null {
    const known = this.#kinds.get(kind)
    if (known && nowMs - known.loggedMs < HOUR_MS && nowMs >= known.loggedMs) {
      known.since++
      return null
    }
    if (!known && this.#kinds.size >= MAX_KINDS) this.#kinds.delete(this.#kinds.keys().next().value!)
    this.#kinds.set(kind, { loggedMs: nowMs, since: 0 })
    return (known?.since ?? 0) + 1
  }
}
