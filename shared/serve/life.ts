import { setFlagsFromString } from 'node:v8'
import { endNow, endSignals } from '../end-signals.ts'
import type { Log } from '../log.ts'

/** After the first signal, how long closing everything may take before the process ends all the same. */
const MAX_CLOSING_MS = 6_000
/** What still waits when everything is closed, such as for a database that is away, ends the process after this. */
const LINGER_MS = 300
/** One Ctrl-C can arrive twice: from the terminal, and from npm. A second press later ends the process at once. */
const SAME_PRESS_MS = 1_000

/**
 * Few objects live long here, many for as long as a batch: by default the heap grows to four times its live objects
 * before a full collection. V8 reads this flag at each collection, and warns if it does not know it. See
 * docs/decisions/0071.
 */
const LEAN = '--heap-growing-percent=90'

/**
 * Lets a process run until one of `endSignals`, or until the process that started it with a channel has ended. Then
 * everything is closed, once. A second signal ends it without waiting; so does closing that takes too long. An embedded
 * database is stopped in every case (see `launchPostgres`). An error that nobody handles stops the process loudly, but
 * cleanly.
 */
export function liveUntilSignal(resources: AsyncDisposable, log: Log): void {
  setFlagsFromString(LEAN)
  let endsSince: number | null = null
  const end = (why: string, exitCode: number) => {
    if (endsSince !== null) return
    endsSince = performance.now()
    process.exitCode = exitCode
    log.info({ why }, 'stopping')
    const limit = setTimeout(() => {
      log.error({ afterMs: MAX_CLOSING_MS }, 'not everything could be closed in time: ending anyway')
      endNow(1)
    }, MAX_CLOSING_MS)
    Promise.resolve(resources[Symbol.asyncDispose]())
      .then(
        () => log.info('stopped'),
        (error: unknown) => {
          process.exitCode = 1
          log.error({ error }, 'could not stop cleanly')
        },
      )
      .finally(() => {
        clearTimeout(limit)
        setTimeout(() => endNow(), LINGER_MS).unref()
      })
  }
  for (const signal of endSignals()) {
    process.on(signal, () => {
      if (endsSince !== null && performance.now() - endsSince > SAME_PRESS_MS) endNow(1)
      end(signal, 0)
    })
  }
  process.channel?.unref()
  const orphaned = () => end('the process that started this one has ended', 0)
  process.once('disconnect', orphaned)
  if (process.connected === false) orphaned() // it had a channel, which was closed while this one was still loading
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'an error that nobody handled: stopping')
    end('error', 1)
  })
}
