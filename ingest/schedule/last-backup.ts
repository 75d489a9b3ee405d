import { lastBackup } from '../../shared/db/backup/record.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import { regularly } from '../clocks/regularly.ts'
import { counters } from '../metrics/counters.ts'

const EVERY_MS = 10_000

/** Keeps the metric of the last backup up to date. */
export const watchBackups = (pool: Pool, log: Log): AsyncDisposable =>
  regularly({
    work: async () => counters.lastBackup.set(await lastBackup(pool)),
    everyMs: EVERY_MS,
    log,
    trouble: 'could not read when the last backup was made',
    atOnce: true,
  })
