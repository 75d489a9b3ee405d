import { ensurePartitions } from '../../shared/db/partitions.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { retain } from '../../shared/db/retention/retain.ts'
import type { Retention } from '../../shared/db/retention/spans.ts'
import type { Log } from '../../shared/log.ts'

const HOUR_MS = 3_600_000

/** Keeps the days ahead ready, so that midnight finds its partition, and drops the days past. At the start and hourly. */
export function watchPartitions(pool: Pool, retention: Retention, log: Log): AsyncDisposable {
  let working: Promise<void> | null = null
  async function work(): Promise<void> {
    await ensurePartitions(pool, new Date()).catch((error: unknown) =>
      log.error({ error }, 'could not make partitions; trying again in an hour'),
    )
    const dropped = await retain(pool, retention, new Date()).catch((error: unknown) => {
      log.error({ error }, 'could not drop what is old; trying again in an hour')
      return []
    })
    if (dropped.length) log.info({ dropped }, 'dropped what was old')
  }
  const start = () => void (working ??= work().finally(() => (working = null)))
  start()
  const timer = setInterval(start, HOUR_MS).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await working
    },
  }
}
