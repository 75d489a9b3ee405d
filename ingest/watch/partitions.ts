import { ensurePartitions } from '../../shared/db/partitions.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'

const HOUR_MS = 3_600_000

/** Keeps the days ahead ready, so that midnight finds its partition. */
export function watchPartitions(pool: Pool, log: Log): Disposable {
  const timer = setInterval(() => {
    ensurePartitions(pool, new Date()).catch((error: unknown) =>
      log.error({ error }, 'could not make partitions; trying again in an hour'),
    )
  }, HOUR_MS).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
