import { packDays, type PackedDay } from '../../shared/db/packing/pack-days.ts'
import { ensurePartitions } from '../../shared/db/partitions.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { retain } from '../../shared/db/retention/retain.ts'
import type { Retention } from '../../shared/db/retention/periods.ts'
import type { Log } from '../../shared/log.ts'
import { dropOldBuckets, dropOldPortals, dropOldHistory } from './old-derived.ts'
import { regularly } from '../clocks/regularly.ts'

const HOUR_MS = 3_600_000

const ago = (days: number) => new Date(Date.now() - days * 24 * HOUR_MS)

/** What was counted from history goes with the history. */
async function dropDerived(pool: Pool, retention: Retention): Promise<void> {
  if (retention.spawns) await dropOldBuckets(pool, ago(retention.spawns))
  for (const kind of ['telemetry', 'vitals'] as const)
    if (retention[kind]) await dropOldHistory(pool, kind, ago(retention[kind]))
  if (retention.portal_sightings) await dropOldPortals(pool, ago(retention.portal_sightings))
}

/**
 * Creates the partitions of the days ahead, drops days that are past retention, and packs the days that are over. Runs
 * at the start and hourly. the start and hourly. */
export function watchPartitions(pool: Pool, retention: Retention, log: Log): AsyncDisposable {
  const ending = new AbortController()
  async function work(): Promise<void> {
    await ensurePartitions(pool, new Date()).catch((error: unknown) =>
      log.error({ error }, 'could not make partitions; trying again in an hour'),
    )
    const dropped = await retain(pool, retention, new Date()).catch((error: unknown) => {
      log.error({ error }, 'could not drop what is old; trying again in an hour')
      return []
    })
    if (dropped.length) log.info({ dropped }, 'dropped what was old')
    await dropDerived(pool, retention).catch((error: unknown) =>
      log.error({ error }, 'could not drop old counts; trying again in an hour'),
    )
    const onPacked = ({ day, rows, bytesBefore, bytes }: PackedDay) =>
      log.info({ day, rows, bytes, bytesSaved: bytesBefore - bytes }, 'packed a day that is over')
    await packDays(pool, { retention, now: new Date(), signal: ending.signal, onPacked }).catch((error: unknown) =>
      log.error({ error }, 'could not pack days that are over; trying again in an hour'),
    )
  }
  const working = regularly({ work, everyMs: HOUR_MS, log, trouble: 'could not look after the days', atOnce: true })
  return {
    [Symbol.asyncDispose]() {
      ending.abort() // packing may take minutes
      return working[Symbol.asyncDispose]()
    },
  }
}
