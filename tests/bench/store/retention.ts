import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from '../../../shared/db/pool.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/spans.ts'
import { percentile, type Figure } from '../figure.ts'
import { DAYS } from './fill.ts'

export type Timed = { p50: number; p95: number; worst: number }

export const timed = (took: readonly number[]): Timed => ({
  p50: percentile(took, 0.5),
  p95: percentile(took, 0.95),
  worst: Math.max(...took),
})

/**
 * How long inserts at a steady pace take at most, while `beside` goes on and somebody reads all.
 * @param disk whether they wait until they are on disk
 */
async function steadyInserts(
  pool: Pool,
  beside: () => Promise<unknown>,
  disk = true,
): Promise<Timed & { inserts: number }> {
  const inserter = await pool.connect()
  await inserter.query(`set synchronous_commit = ${disk ? 'on' : 'off'}`)
  const took: number[] = []
  let done = false
  const reading = (async () => {
    while (!done)
      await pool.query("select count(*), max(kills) from telemetry where received_at > now() - interval '40 days'")
  })()
  const inserting = (async () => {
    while (!done) {
      const begun = performance.now()
      await inserter.query(
        'insert into telemetry (character_id, received_at, at, ew, ns) select 1 + s % 60, now(), now(), 1, 2 from generate_series(1, 100) s',
      )
      took.push(performance.now() - begun)
      await wait(20)
    }
  })()
  await wait(500)
  await beside()
  await wait(500)
  done = true
  await Promise.all([reading, inserting])
  await inserter.query('reset synchronous_commit')
  inserter.release()
  return { ...timed(took), inserts: took.length }
}

/** The longest insert while days are dropped, beside the longest while nothing is. */
export async function benchRetention(pool: Pool, now: Date): Promise<Figure> {
  const calm = await steadyInserts(pool, () => wait(5_000))
  let dropped: string[] = []
  const busy = await steadyInserts(pool, async () => {
    dropped = await retain(pool, { ...DEFAULT_DAYS, telemetry: DAYS - 6 }, now)
  })
  const withoutDisk = await steadyInserts(
    pool,
    () => retain(pool, { ...DEFAULT_DAYS, telemetry: DAYS - 12 }, now),
    false,
  )
  return {
    bench: 'store',
    name: 'the longest insert while days are dropped',
    unit: 'ms',
    better: 'less',
    ours: busy.worst,
    control: calm.worst,
    against: 'the same inserts and reads, nothing dropped',
    beside: {
      target: 50,
      days: dropped.length,
      inserts: busy.inserts,
      'p50 ms': busy.p50,
      'p95 ms': busy.p95,
      'control p50 ms': calm.p50,
      'longest that need not wait for the disk ms': withoutDisk.worst,
    },
  }
}
