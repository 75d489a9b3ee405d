import { setFlagsFromString } from 'node:v8'
import type { Log } from '../log.ts'

/** After the first signal, how long a clean end may take before we cut it off. */
const FUSE_MS = 15_000

/**
 * Little lives long here, much for as long as a batch: left alone, the heap grows to four times what it holds before
 * it is gone through. V8 reads this at each collection, and says so where it knows no such flag. See
 * docs/decisions/0071.
 */
const LEAN = '--heap-growing-percent=150'

/**
 * The same life for every process: runs until SIGINT or SIGTERM, then disposes once. A second signal ends it at once.
 * An error nobody expected stops the process loudly, but cleanly.
 */
export function liveUntilSignal(resources: AsyncDisposable, log: Log): void {
  setFlagsFromString(LEAN)
  let ending = false
  const end = (why: string, exitCode: number) => {
    if (ending) return
    ending = true
    process.exitCode = exitCode
    log.info({ why }, 'stopping')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), FUSE_MS).unref()
    // Else a process ends halfway when all that is left to wait for is a timer that keeps nobody alive.
    const stay = setInterval(() => undefined, FUSE_MS)
    Promise.resolve(resources[Symbol.asyncDispose]())
      .then(
        () => log.info('stopped'),
        (error: unknown) => {
          process.exitCode = 1
          log.error({ error }, 'could not stop cleanly')
        },
      )
      .finally(() => clearInterval(stay))
  }
  let signalled = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signalled) process.kill(process.pid, 'SIGKILL') // somebody insists
      signalled = true
      end(signal, 0)
    })
  }
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'a fault of ours: stopping')
    end('fault', 1)
  })
}
