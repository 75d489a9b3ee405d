// Slows down whoever guesses passwords, by account and by address. In memory: a restart forgives.
const WINDOW_MS = 15 * 60_000
const MOST = 10
const MAX_KEYS = 10_000

export interface Tries {
  /** Seconds until the next try is heard; 0 when now. */
  wait(keys: readonly string[]): number
  /** Counts a failed try. */
  failed(keys: readonly string[]): void
  /** Forgets after success. */
  passed(keys: readonly string[]): void
}

export function tries(now: () => number = Date.now): Tries {
  const failures = new Map<string, { count: number; since: number }>()
  const current = (key: string) => {
    const entry = failures.get(key)
    if (entry && now() - entry.since < WINDOW_MS) return entry
    failures.delete(key)
    return null
  }
  return {
    wait: (keys) => Math.max(0, ...keys.map((key) => {
      const entry = current(key)
      return entry && entry.count >= MOST ? Math.ceil((entry.since + WINDOW_MS - now()) / 1000) : 0
    })),
    failed(keys) {
      for (const key of keys) {
        const entry = current(key)
        if (entry) entry.count++
        else {
          if (failures.size >= MAX_KEYS) failures.delete(failures.keys().next().value!) // the oldest gives way
          failures.set(key, { count: 1, since: now() })
        }
      }
    },
    passed(keys) {
      for (const key of keys) failures.delete(key)
    },
  }
}
