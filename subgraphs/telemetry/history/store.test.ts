import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDays } from '../../../shared/db/partitions.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import type { HistoryBucket } from '../generated/resolvers.ts'
import { clockOf } from './clock.ts'
import { historyLoader, VITALS } from './store.ts'
import { cutByClock, cutStretch } from './stretch.ts'

// The night in which Berlin's clocks go back: 01:00 UTC shows 02:00 for the second time.
const FRAMES = [
  ['2026-10-24T21:59:00Z', 1],
  ['2026-10-24T22:00:00Z', 2],
  ['2026-10-25T00:30:00Z', 3],
  ['2026-10-25T01:30:00Z', 4],
  ['2026-10-25T22:59:00Z', 5],
  ['2026-10-25T23:00:00Z', 6],
] as const

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  await ensureDays(pool, [...new Set(FRAMES.map(([at]) => at))])
  await pool.query("insert into characters (name, first_seen_at, last_seen_at) values ('Larsson', now(), now())")
  for (const [at, percent] of FRAMES)
    await pool.query(
      'insert into vitals (character_id, received_at, at, health_percent) select id, $1, $1, $2 from characters',
      [at, percent],
    )
  await pool.query('select fill_vitals_spans($1, $2)', ['2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z'])
})
afterAll(() => database[Symbol.asyncDispose]())

/** Where buckets begin, with the last health in them. */
async function healthBy(bucket: HistoryBucket, since: string, until: string) {
  const stretch = cutByClock(since, until, 100, bucket, clockOf('Europe/Berlin'))
  const { at, figures } = await historyLoader(database.pool, VITALS).load({ name: 'Larsson', stretch })
  return at.map((moment, n) => [moment.slice(0, 16), figures['healthPercent']!.last[n]])
}

describe('a history by the clock', () => {
  it('[HIS5] counts each frame in the day that its zone’s clock shows, where that day has 25 hours', async () => {
    expect(await healthBy('DAY', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      ['2026-10-23T22:00', 1],
      ['2026-10-24T22:00', 5],
      ['2026-10-25T23:00', 6],
    ])
  })

  it('[HIS5] has the hour twice that comes twice, from frames and from spans', async () => {
    const night = [
      ['2026-10-25T00:00', 3],
      ['2026-10-25T01:00', 4],
    ]
    expect(await healthBy('HOUR', '2026-10-25T00:10:00Z', '2026-10-25T02:00:00Z')).toEqual(night)
    expect(await healthBy('HOUR', '2026-10-25T00:10:00Z', '2026-10-25T20:00:00Z')).toEqual(night)
  })

  it('[HIS1] is read beside one of buckets of one length, each by its own', async () => {
    const loader = historyLoader(database.pool, VITALS)
    const [since, until] = ['2026-10-24T12:00:00.000Z', '2026-10-26T12:00:00.000Z']
    const [one, days] = await Promise.all([
      loader.load({ name: 'Larsson', stretch: cutStretch(since, until, 1) }),
      loader.load({ name: 'Larsson', stretch: cutByClock(since, until, 100, 'DAY', clockOf('Europe/Berlin')) }),
    ])
    expect([one.frames, days.frames]).toEqual([[6], [1, 4, 1]])
  })
})
