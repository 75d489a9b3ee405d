// Slows down whoever guesses passwords, by account and by address. In memory: a restart forgives.
const WINDOW_MS = 15 * 60_000
/** An address may stand for many people. */
const MOST = { account: 10, address: 50 } as const
const MAX_KEYS = 10_000

/** Whose tries are counted together: `account name` or `address number`. */
export type TryKey = `${keyof typeof MOST} ${string}`

export interface Tries {
  /** Seconds until the next try is heard; 0 when now. */
  wait(keys: readonly TryKey[]): number
  /** Counts a try, before it is judged: many at once must not slip through. */
  count(keys: readonly TryKey[]): void
  /** After success: forgets the account's, gives the address its one back. */
  passed(keys: readonly TryKey[]): void
}

export function tries(now: () => number = Date.now): Tries {
  const failures = new Map<string, { count: number; since: number }>()
  const most = (key: TryKey) => (key.startsWith('account ') ? MOST.account : MOST.address)
  const current = (key: TryKey) => {
    const entry = failures.get(key)
    if (entry && now() - entry.since < WINDOW_MS) return entry
    failures.delete(key)
    return null
  }
  return {
    wait: (keys) =>
      Math.max(
        0,
        ...keys.map((key) => {
          const entry = current(key)
          return entry && entry.count >= most(key) ? Math.ceil((entry.since + WINDOW_MS - now()) / 1000) : 0
        }),
      ),
    count(keys) {
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
      for (const key of keys) {
        const entry = current(key)
        if (key.startsWith('account ')) failures.delete(key)
        else if (entry) entry.count--
      }
    },
  }
}
