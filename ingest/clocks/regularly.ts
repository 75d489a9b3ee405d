import type { Log } from '../../shared/log.ts'

export interface Regularly {
  work: () => Promise<void>
  everyMs: number
  log: Log
  /** What is said when the work fails: once, until it succeeds again. */
  trouble: string
  /** The first time is at once, not after `everyMs`. */
  atOnce?: boolean
}

/** Does a work again and again, never twice at a time. Disposing waits for the end of what goes on. */
export function regularly({ work, everyMs, log, trouble, atOnce = false }: Regularly): AsyncDisposable {
  let working: Promise<void> | null = null
  let failing = false
  const attempt = () =>
    (working ??= work()
      .then(() => void (failing = false))
      .catch((error: unknown) => {
        if (!failing) log.warn({ error }, trouble)
        failing = true
      })
      .finally(() => (working = null)))
  const timer = setInterval(() => void attempt(), everyMs).unref()
  if (atOnce) void attempt()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await working
    },
  }
}
