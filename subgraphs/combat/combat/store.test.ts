import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { listFighters, newestFights, oneFight, sessionsLoader } from './store.ts'

let database: TestDatabase
let pool: Pool
const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString()
const kills = (total_kills: number) => ({ total_kills })

beforeAll(async () => {
  database = await testDatabase()
  pool = database.pool
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at)
     select name, now(), now() from unnest(array['Larsson', 'Barris', 'Peaceful']) name`,
  )
  // Larsson fought in one session at minutes 10, 20 and 30; its counters restarted after 20. A second began at 40.
  const session = async (character: string, key: string, values: [number, number, object, number]) => {
    const [started, received, snapshot, part] = values
    await pool.query(
      `insert into combat_sessions (character_id, key, started_at, received_at, snapshot, at, part)
       select id, $2, $3, $4, $5, $4, $6 from characters where name = $1`,
      [character, key, at(started), at(received), JSON.stringify(snapshot), part],
    )
  }
  await session('Larsson', 'one', [10, 30, kills(2), 1])
  await session('Larsson', 'two', [40, 45, kills(7), 0])
  await session('Barris', 'his', [5, 5, kills(1), 0])
  await pool.query(
    `insert into combat_parts (character_id, key, part, ended_at, snapshot)
     select id, 'one', 0, $1, $2 from characters where name = 'Larsson'`,
    [at(25), JSON.stringify(kills(9))],
  )
  for (const [minute, snapshot] of [
    [10, kills(4)],
    [20, kills(9)],
  ] as const)
    await pool.query(
      `insert into combat_history (character_id, key, received_at, part, snapshot)
       select id, 'one', $1, 0, $2 from characters where name = 'Larsson'`,
      [at(minute), JSON.stringify(snapshot)],
    )
})
afterAll(() => database[Symbol.asyncDispose]())

const sessionsAt = async (name: string, minute: number | null) => {
  const row = await sessionsLoader(pool).load({ name, at: minute === null ? null : at(minute) })
  return row?.fights.map(({ sessionId, snapshot, banked }) => [sessionId, snapshot, banked]) ?? null
}

describe('the sessions of a fighter', () => {
  it('are all of them now, newest first, with the parts that a restart of the counters ended', async () => {
    expect(await sessionsAt('Larsson', null)).toEqual([
      ['two', kills(7), []],
      ['one', kills(2), [kills(9)]],
    ])
  })

  it.each([
    ['before the first report', 9, null],
    ['at the first report', 10, [['one', kills(4), []]]],
    ['between two reports', 19, [['one', kills(4), []]]],
    ['before the counters restarted', 24, [['one', kills(9), []]]],
    ['after the newest report of the session', 30, [['one', kills(2), [kills(9)]]]],
    ['before the next session began', 39, [['one', kills(2), [kills(9)]]]],
  ])('are as they were %s', async (_, minute, expected) => {
    expect(await sessionsAt('Larsson', minute)).toEqual(expected)
  })

  it('are read for many characters and moments at once', async () => {
    const load = sessionsLoader(pool)
    const rows = await Promise.all([
      load.load({ name: 'Barris', at: null }),
      load.load({ name: 'Larsson', at: at(19) }),
      load.load({ name: 'Barris', at: at(4) }),
      load.load({ name: 'Peaceful', at: null }),
    ])
    expect(rows.map((row) => row?.fights.map(({ sessionId }) => sessionId) ?? null)).toEqual([
      ['his'],
      ['one'],
      null,
      null,
    ])
  })

  it('are found one by one, and of each character the newest', async () => {
    const newest = async (names: string[] | null) =>
      (await newestFights(pool, names)).map(({ character, sessionId }) => `${character} ${sessionId}`)
    expect(await newest(null)).toEqual(['Barris his', 'Larsson two'])
    expect(await newest(['Larsson', 'Peaceful'])).toEqual(['Larsson two'])
    expect(await oneFight(pool, 'Larsson', 'one')).toMatchObject({ snapshot: kills(2), banked: [kills(9)] })
    expect(await oneFight(pool, 'Barris', 'one')).toBeNull()
  })
})

describe('listFighters', () => {
  it('are those who ever reported a fight, by name', async () => {
    const named = async (names: string[] | null, first: number) => (await listFighters(pool, names, { first })).rows
    expect(await named(null, 10)).toEqual([{ name: 'Barris' }, { name: 'Larsson' }])
    expect(await named(null, 0)).toEqual([{ name: 'Barris' }])
    expect(await named(['Peaceful', 'Larsson'], 10)).toEqual([{ name: 'Larsson' }])
  })

  it('continue after a cursor, and are counted over all pages', async () => {
    const after = Buffer.from('["Barris"]').toString('base64url')
    const page = await listFighters(pool, null, { first: 10, after })
    expect([page.rows, await page.count()]).toEqual([[{ name: 'Larsson' }], 2])
  })
})
