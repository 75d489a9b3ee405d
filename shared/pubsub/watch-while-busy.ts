import type { Log } from '../log.ts'
import type { PubSub } from './pubsub.ts'

const EVERY_MS = 1_000
const BACKSTOP_MS = 60_000

export interface WatchWhileBusy {
  /** Does what is due, and gives how much is still open. Any number of processes may do so at once. */
  look: (now: Date) => Promise<number>
  pubsub: PubSub
  /** Where is published that something was opened. */
  topic: string
  log: Log
  /** What is logged when looking fails. */
  failure: string
}

/** Looks once a second while something is open, and once a minute in case nobody published that it is. */
export function watchWhileBusy({ look, pubsub, topic, log, failure }: WatchWhileBusy): AsyncDisposable {
  let looking: Promise<void> | null = null
  let isBusy = true
  let opened = 0
  let hasFailed = false
  const lookOnce = () => {
    const before = opened
    looking ??= look(new Date())
      .then(
        (open) => {
          isBusy = open > 0 || opened !== before // what was opened meanwhile may not have been there yet
          hasFailed = false
        },
        (error: unknown) => {
          // Before the schema is there, and while the database is away: logged once.
          if (!hasFailed) log.warn({ error }, failure)
          hasFailed = true
        },
      )
      .finally(() => (looking = null))
  }
  const often = setInterval(() => isBusy && lookOnce(), EVERY_MS).unref()
  const seldom = setInterval(lookOnce, BACKSTOP_MS).unref()
  const hearing = pubsub.subscribe(topic, () => {
    opened++
    isBusy = true
  })
  lookOnce()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(often)
      clearInterval(seldom)
      ;(await hearing)()
      await looking
    },
  }
}
