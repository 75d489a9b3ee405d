// What is read of vitals is the same before and after their day is packed.
import { expect, it } from 'vitest'
import { fillVitals } from '../../../shared/testing/fill-vitals.ts'
import { packAll } from '../../../shared/testing/pack-all.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { historyLoader, VITALS } from '../history/store.ts'
import { cutStretch } from '../history/stretch.ts'
import { replay } from '../replay/store.ts'
import { vitalsLoader } from './store.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CHARACTERS = 5
const now = new Date()
/** Midnight, so many days back: the third day is the last that is packed. */
const midnight = (ago: number) => Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS

it('[PAK1] vitals that are packed, partly packed, or came late since, give the same answers', async () => {
  await using database = await testDatabase(now, { max: 4 })
  const { pool } = database
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n, now(), now()
     from generate_series(1, ${CHARACTERS}) n`,
  )
  const fill = (firstMs: number, frames = 6_000) => fillVitals(pool, { firstMs, frames, characters: CHARACTERS })
  const pack = async () => {
    const packed = await packAll(pool, { now })
    expect(packed.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0)
  }
  await fill(midnight(3) + 23.5 * HOUR_MS) // into the day after, which is not packed
  await fill(midnight(3) + 10.5 * HOUR_MS)
  const loader = () => vitalsLoader(pool)
  const moment = (ms: number) => new Date(ms).toISOString()
  const noon = midnight(3) + 11 * HOUR_MS
  const ask = async () => ({
    histories: await Promise.all(
      [
        [noon - HOUR_MS, noon, 500],
        [noon - 600_000, noon, 2_000],
        [midnight(2) - HOUR_MS, midnight(2) + HOUR_MS, 77],
      ].map(([from, to, points]) =>
        historyLoader(pool, VITALS).load({
          name: 'Runner 2',
          stretch: cutStretch(moment(from!), moment(to!), points!),
        }),
      ),
    ),
    then: await Promise.all(
      [noon, noon + 1_234_567, midnight(2), midnight(3) + HOUR_MS, midnight(2) + 600_001].flatMap((at) =>
        ['Runner 1', 'Runner 4'].map((name) => loader().load({ name, at: moment(at) })),
      ),
    ),
    replays: await Promise.all(
      [
        [noon - 1_800_000, noon, 600],
        [noon - 5 * HOUR_MS, noon, 900],
        [midnight(2) - 900_000, midnight(2) + 900_000, 300],
      ].map(([from, to, points]) => replay(pool, { fromS: from! / 1000, toS: to! / 1000, points: points! }, null)),
    ),
  })
  const before = await ask()
  expect(JSON.stringify(before).length).toBeGreaterThan(40_000)
  await pack()
  expect(await ask()).toEqual(before)
  await fill(noon - 900_000, 500)
  const late = await ask()
  await pack()
  expect(await ask()).toEqual(late)
})
