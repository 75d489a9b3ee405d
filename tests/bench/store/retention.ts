import { open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from '../../../shared/db/pool.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'
import { percentile, type Figure } from '../figure.ts'
import { DAYS } from './fill.ts'

export type Timed = { p50: number; p95: number; worst: number }

export const timed = (took: readonly number[]): Timed => ({
  p50: percentile(took, 0.5),
  p95: percentile(took, 0.95),
  worst: Math.max(...took),
})

const ROUNDS = 3
const DAYS_A_ROUND = 2

/** Does something over and over while `on`, `apartMs` apart; keeps how long each took, in milliseconds. */
async function steadily(on: { now: boolean }, apartMs: number, took: number[], work: () => Promise<unknown>) {
  while (on.now) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
    await wait(apartMs)
  }
}

/** How long each took, in milliseconds. */
interface Seen {
  inserts: number[]
  /** Of a file beside the database's, written and flushed as its log is: what the disk alone makes wait for. */
  flushes: number[]
}

/**
 * Notes how long inserts at a steady pace take while `beside` goes on and somebody reads all.
 * @param disk whether they wait until they are on disk
 */
async function steadyInserts(pool: Pool, dataDir: string, beside: () => Promise<unknown>, seen: Seen, disk = true) {
  const inserter = await pool.connect()
  await using file = await open(path.join(dataDir, 'bare'), 'w')
  await inserter.query(`set synchronous_commit = ${disk ? 'on' : 'off'}`)
  const on = { now: true }
  const working = Promise.all([
    steadily(on, 0, [], () =>
      pool.query("select count(*), max(kills) from telemetry where received_at > now() - interval '40 days'"),
    ),
    steadily(on, 20, seen.flushes, async () => {
      await file.write(Buffer.alloc(8_192), 0, 8_192, 0)
      await file.datasync()
    }),
    steadily(on, 20, seen.inserts, () =>
      inserter.query(
        `insert into telemetry (character_id, received_at, at, ew, ns) select 1 + s % 60, now(), now(), 1, 2
          from generate_series(1, 100) s`,
      ),
    ),
  ])
  await wait(500)
  await beside()
  await wait(500)
  on.now = false
  await working
  await inserter.query('reset synchronous_commit')
  inserter.release()
}

/**
 * The longest insert while days are dropped, and the longest while none is: alternating, since disks vary over time.
 */
export async function benchRetention(pool: Pool, now: Date, dataDir: string): Promise<Figure> {
  const calm: Seen = { inserts: [], flushes: [] }
  const busy: Seen = { inserts: [], flushes: [] }
  const withoutDisk: Seen = { inserts: [], flushes: [] }
  let kept = DAYS
  let dropped = 0
  const drop = async () => {
    kept -= DAYS_A_ROUND
    dropped += (await retain(pool, { ...DEFAULT_DAYS, telemetry: kept }, now)).length
  }
  for (let round = 0; round < ROUNDS; round++) {
    await steadyInserts(pool, dataDir, () => wait(3_000), calm)
    await steadyInserts(pool, dataDir, drop, busy)
    await steadyInserts(pool, dataDir, drop, withoutDisk, false)
  }
  const { p50, p95, worst } = timed(busy.inserts)
  return {
    bench: 'store',
    name: 'the longest insert while days are dropped',
    unit: 'ms',
    better: 'less',
    ours: worst,
    control: timed(calm.inserts).worst,
    against: 'the same inserts and reads, nothing dropped',
    beside: {
      target: 50,
      days: dropped,
      inserts: busy.inserts.length,
      'p50 ms': p50,
      'p95 ms': p95,
      'control p50 ms': timed(calm.inserts).p50,
      'longest flush of a bare file meanwhile ms': timed(busy.flushes).worst,
      'and in the control ms': timed(calm.flushes).worst,
      'longest that need not wait for the disk ms': timed(withoutDisk.inserts).worst,
    },
  }
}
