import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDays } from '../../../shared/db/partitions.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { lastOfEach } from './samples.ts'
import { replay, replayableSince, sourceOf } from './store.ts'

const BEGIN = Date.parse('2026-03-01T12:00:00Z')
const fromS = BEGIN / 1000
const HOUR_S = 3_600
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  await ensureDays(pool, ['2026-03-01T12:00:00Z', '2026-03-02T12:00:00Z'])
  await pool.query(
    "insert into characters (name, first_seen_at, last_seen_at) values ('Ann', now(), now()), ('Bob', now(), now())",
  )
  // Ann walks eastwards for seven hours, a frame every ten seconds, and is silent in the second hour.
  await pool.query(
    `insert into telemetry (character_id, received_at, at, ew, ns, kills, kills_per_hour, deaths, state, step)
     select c.id, to_timestamp($1 + n * 10), to_timestamp($1 + n * 10), n * 0.001, -5.5, n, 12.5, 0,
       case when n < 60 then 'navigation' else 'combat' end, n % 2 = 0
     from characters c, generate_series(1, 2520) n where c.name = 'Ann' and n not between 360 and 720`,
    [fromS],
  )
  await pool.query(
    `insert into vitals (character_id, received_at, at, health_percent, stamina_percent, mana_percent, vitae)
     select id, to_timestamp($1 + 100 + n), to_timestamp($1 + 100 + n), 50 + n, 90, null, 5
     from characters, generate_series(0, 3) n where name = 'Bob'`,
    [fromS],
  )
  for (const kind of ['telemetry', 'vitals'])
    await pool.query(`select fill_${kind}_spans($1, $2)`, ['2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z'])
})
afterAll(() => database[Symbol.asyncDispose]())

const played = async (fromHour: number, toHour: number, points: number, names: string[] | null = null) => {
  const stretch = { fromS: fromS + fromHour * HOUR_S, toS: fromS + toHour * HOUR_S, points }
  return { source: sourceOf(stretch), rows: await replay(database.pool, stretch, names) }
}

describe('a replay', () => {
  it('[REP1] reads frames up to an hour, steps up to six, and spans of five minutes beyond', async () => {
    const found = await Promise.all([played(0, 1, 900), played(0, 6, 900), played(0, 7, 84)])
    expect(found.map(({ source, rows }) => [source, rows[0]!.character, rows[0]!.telemetry['ms']!.length])).toEqual([
      ['frames', 'Ann', 359],
      // Six hours by 24 seconds each, without the silent one: steps of 20 seconds, the last of each interval.
      ['steps', 'Ann', 750],
      ['spans', 'Ann', 72],
    ])
  })

  it('[REP2] has the last sample of each interval, with its own moment', async () => {
    const { rows } = await played(0, 1, 60, ['Ann'])
    const [ann] = rows
    expect(ann!.telemetry['ms']!.slice(0, 2)).toEqual([60_000, 120_000])
    expect(ann!.telemetry['ew']!.slice(0, 2)).toEqual([6, 12])
    expect(lastOfEach([0, 5, 10, 19, 40], 10)).toEqual([0, 2, 3, 4])
    expect(lastOfEach([0, 5, 10, 19, 40], 10, [0, 2])).toEqual([0, 2])
  })

  it('[REP2] has no samples where no frame was, however it is read', async () => {
    for (const [to, points] of [
      [6, 900],
      [7, 84],
    ] as const) {
      const { rows } = await played(0, to, points, ['Ann'])
      const hours = rows[0]!.telemetry['ms']!.map((ms) => Math.floor((ms! - 1) / (HOUR_S * 1000)))
      expect(hours).not.toContain(1)
      expect(hours).toContain(2)
    }
  })

  it('[REP1] names what the macro did once, and counts in the names', async () => {
    const { rows } = await played(0, 1, 900, ['Ann'])
    expect(rows[0]!.states).toEqual(['navigation', 'combat'])
    expect([0, 58, 59, 358].map((n) => rows[0]!.telemetry['state']![n])).toEqual([0, 0, 1, 1])
  })

  it('[REP1] has vitals of characters without telemetry, the last of each interval', async () => {
    for (const [to, points] of [
      [1, 12],
      [6, 900],
      [7, 84],
    ] as const) {
      const { rows } = await played(0, to, points, ['Bob'])
      expect(rows).toMatchObject([{ character: 'Bob', telemetry: { ms: [] }, vitals: { health: [530], mana: [null] } }])
    }
  })

  it('[REP5] has no sample outside of its stretch, however it is read, and no more than asked for', async () => {
    const outside: unknown[] = []
    for (const [from, hours, points] of [
      [0.03, 6.5, 78],
      [0.04, 6.51, 79],
      [-1, 7.98, 900],
      [0.03, 2, 24],
      [0.5, 0.3, 7],
      [0.99, 5.03, 60],
      [0.03, 0.01, 1],
    ] as const) {
      const { rows } = await played(from, from + hours, points)
      for (const { character, telemetry, vitals } of rows)
        for (const ms of [telemetry['ms']!, vitals['ms']!])
          if (ms.length > points || ms.some((at) => at! <= 0 || at! > hours * HOUR_S * 1000 + 1))
            outside.push([from, hours, character, ms.length, ms[0], ms.at(-1)])
    }
    expect(outside).toEqual([])
  })

  it('[REP3] begins where the oldest telemetry is stored', async () => {
    expect(await replayableSince(database.pool)).toBe(BEGIN)
  })
})
