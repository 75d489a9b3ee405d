// What is read of telemetry is the same before and after its day is packed.
import { expect, it } from 'vitest'
import { fillTelemetry } from '../../../shared/testing/fill-telemetry.ts'
import { packAll } from '../../../shared/testing/pack-all.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { listCharacters, liveAtLoader } from '../character/store.ts'
import { historyLoader, TELEMETRY } from '../history/store.ts'
import { cutStretch } from '../history/stretch.ts'
import { replay } from '../replay/store.ts'
import { telemetryLoader } from './store.ts'
import { trails } from './trails.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CHARACTERS = 5
const NAMES = Array.from({ length: CHARACTERS }, (_, n) => `Runner ${n + 1}`)
const now = new Date()
/** Midnight, so many days back: the third day is the last that is packed. */
const midnight = (ago: number) => Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS

/** As it is sent: JSON has no -0, which a place may be. */
const asAnswered = (answers: object): unknown => JSON.parse(JSON.stringify(answers))

it('[PAK1] telemetry that is packed, partly packed, or came late since, gives the same answers', async () => {
  await using database = await testDatabase(now, { max: 4 })
  const { pool } = database
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n, $1, now()
     from generate_series(1, ${CHARACTERS}) n`,
    [new Date(midnight(9))],
  )
  await pool.query(
    `insert into play_sessions (character_id, key, started_at) select id, name || '-1', $1 from characters limit 2`,
    [new Date(midnight(3))],
  )
  const fill = (firstMs: number, frames = 6_000) => fillTelemetry(pool, { firstMs, frames, characters: CHARACTERS })
  const pack = async () => {
    const packed = await packAll(pool, { now })
    expect(packed.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0)
  }
  await fill(midnight(3) + 23.5 * HOUR_MS) // into the day after, which is not packed
  await fill(midnight(3) + 10.5 * HOUR_MS)
  const moment = (ms: number) => new Date(ms).toISOString()
  const noon = midnight(3) + 11 * HOUR_MS
  const end = midnight(3) + 10.5 * HOUR_MS + (6_000 / CHARACTERS) * 2_000
  const moments = [noon, noon + 1_234_567, end + 20_000, end + 40_000, midnight(2), midnight(3) + HOUR_MS]
  const alertAt = async (at: number) => {
    const { rows } = await pool.query<{ ew: number; ns: number; z: number }>(
      `insert into alerts (key, kind, character_id, at, severity, text, details)
       values (gen_random_uuid(), 'DEATH', 2, $1, 'WARNING', 'x', '{}')
       returning ew, ns, z`,
      [new Date(at)],
    )
    return rows[0]
  }
  const ask = async () =>
    asAnswered({
      histories: await Promise.all(
        [
          [noon - HOUR_MS, noon, 500],
          [noon - 600_000, noon, 2_000],
          [midnight(2) - HOUR_MS, midnight(2) + HOUR_MS, 77],
        ].map(([from, to, points]) =>
          historyLoader(pool, TELEMETRY).load({
            name: 'Runner 2',
            stretch: cutStretch(moment(from!), moment(to!), points!),
          }),
        ),
      ),
      then: await Promise.all(
        moments.flatMap((at) => NAMES.map((name) => telemetryLoader(pool).load({ name, at: moment(at) }))),
      ),
      live: await Promise.all(
        moments.flatMap((at) => NAMES.map((name) => liveAtLoader(pool).load({ name, at: moment(at) }))),
      ),
      listed: await Promise.all(
        moments.map(async (at) => {
          const asker = { isAdmin: true, userId: null } as never
          const page = await listCharacters(
            pool,
            { live: true },
            { first: 50, after: null } as never,
            moment(at),
            asker,
          )
          return page.rows.map(({ name }) => name)
        }),
      ),
      trails: await Promise.all(
        [
          [60, 60],
          [600, 400],
          [1_800, 90],
          [7_200, 120],
        ].flatMap(([seconds, points]) =>
          [noon, end + 10_000, midnight(2) + 600_000].flatMap((at) =>
            [null, ['Runner 3', 'Runner 5']].map((names) =>
              trails(pool, { seconds: seconds!, points: points!, at: moment(at) }, names),
            ),
          ),
        ),
      ),
      replays: await Promise.all(
        [
          [noon - 1_800_000, noon, 600],
          [noon - 5 * HOUR_MS, noon, 900],
          [midnight(2) - 900_000, midnight(2) + 900_000, 300],
        ].map(async ([from, to, points]) =>
          (await replay(pool, { fromS: from! / 1000, toS: to! / 1000, points: points! }, null)).map(
            ({ states, telemetry, ...row }) => ({
              ...row,
              telemetry: { ...telemetry, state: telemetry['state']!.map((n) => (n === null ? null : states[n]!)) },
            }),
          ),
        ),
      ),
      alerts: await Promise.all([noon, end + 240_000, end + 400_000].map(alertAt)),
    })
  const before = await ask()
  expect(JSON.stringify(before).length).toBeGreaterThan(100_000)
  await pack()
  expect(await ask()).toEqual(before)
  await fill(noon - 900_000, 500)
  const late = await ask()
  expect(late).not.toEqual(before)
  await pack()
  expect(await ask()).toEqual(late)
})
