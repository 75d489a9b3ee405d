import { setTimeout as wait } from 'node:timers/promises'

/**
 * Asks again until the answer is something, or the deadline passes. Never waits longer than it must.
 * @throws the last error, or one that says what was waited for
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + withinMs
  let last: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== null && answer !== undefined && answer !== false) return answer
      last = undefined
    } catch (error) {
      last = error
    }
    if (Date.now() > deadline)
      throw last instanceof Error ? last : new Error(`Waited ${withinMs} ms in vain for: ${what}`)
    await wait(20)
  }
}
