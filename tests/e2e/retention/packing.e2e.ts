import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backup } from '../../../shared/db/backup/backup.ts'
import { restore } from '../../../shared/db/backup/restore.ts'
import { knownMigrations, migrate, migrateWithin } from '../../../shared/db/migrate.ts'
import { packDays, type PackedDay } from '../../../shared/db/packing/pack-days.ts'
import { ensureDays } from '../../../shared/db/partitions.ts'
import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { DEFAULT_DAYS, type Retention } from '../../../shared/db/retention/periods.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { openPool } from '../../../shared/db/pool.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'

const DAY_MS = 86_400_000
const CHARACTERS = 20
const now = new Date()
/** Noon, so many days back. */
const noon = (ago: number) => new Date(Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS + DAY_MS / 2).toISOString()
const nameOf = (ago: number) => `telemetry_${noon(ago).slice(0, 10).replaceAll('-', '')}`

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase(now, { max: 8 })
  pool = database.pool
})
afterAll(() => database?.[Symbol.asyncDispose]())

/** Frames of all characters after the noon of a day, in the order they came. */
async function fill(on: Pool, ago: number, frames = 2_000): Promise<void> {
  await ensureDays(on, [noon(ago)])
  await insert(on, ago, frames)
}
async function insert(on: Pool, ago: number, frames: number): Promise<void> {
  await on.query(
    `insert into telemetry (character_id, received_at, at, ew, ns, z, kills, state, memory_mb, step)
     select 1 + n % ${CHARACTERS}, $1::timestamptz + n * interval '100 ms', $1, n / 7.0, -n / 3.0, nullif(n % 3, 0), n,
     repeat('x', n % 40), 512.5, n % 200 < ${CHARACTERS}
     from generate_series(1, $2::int) n order by n`,
    [noon(ago), frames],
  )
}
/** Everything there is, in numbers that change with any change of a row. */
const figures = async (on: Pool | Client) =>
  (
    await on.query<{ rows: number; sum: string }>(
      'select count(*) as rows, sum(hashtextextended(t::text, 0))::text as sum from telemetry t',
    )
  ).rows[0]!
const insertLate = (ago: number, count = 1) =>
  pool.query(
    `insert into telemetry (character_id, received_at, at, ew, ns, state)
      select 7, $1::timestamptz + n * interval '1 s', $1, n, n, 'late' from generate_series(1, $2::int) n`,
    [noon(ago), count],
  )
const lateRows = async () =>
  (await pool.query<{ count: number }>("select count(*) from telemetry where state = 'late'")).rows[0]!.count
const leftOvers = async () =>
  (
    await pool.query(
      `select relname from pg_class where relname in ('telemetry_packing', 'telemetry_late', 'telemetry_unpacked')
       union all select tgname from pg_trigger where tgname = 'telemetry_came_late'`,
    )
  ).rows

async function pack(on: Pool = pool, days: Partial<Retention> = {}, patienceMs?: number): Promise<PackedDay[]> {
  const packed: PackedDay[] = []
  await packDays(on, {
    retention: { ...DEFAULT_DAYS, ...days },
    now,
    signal: new AbortController().signal,
    onPacked: (day) => packed.push(day),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
  return packed
}
const namesOf = (packed: readonly PackedDay[]) => packed.map(({ day }) => day)

async function clear(): Promise<void> {
  await pack(pool, { telemetry: 1 }) // clears what a test left
  await retain(pool, { ...DEFAULT_DAYS, telemetry: 1 }, now)
  await pool.query('truncate telemetry')
}

describe('a day that is over', () => {
  beforeEach(clear)

  it('[RET4] is packed once, newest first, the same rows in less room; expired days and the last two are left', async () => {
    for (const ago of [0, 1, 3, 4, 40]) await fill(pool, ago, 20_000)
    const before = await figures(pool)
    const packed = await pack()
    expect(namesOf(packed)).toEqual([nameOf(3), nameOf(4)])
    for (const { rows, bytes, bytesBefore } of packed) {
      expect(rows).toBe(20_000)
      expect(bytes).toBeLessThan(0.8 * bytesBefore)
    }
    expect(await figures(pool)).toEqual(before)
    expect(await pack()).toEqual([])
    expect(await leftOvers()).toEqual([])
    const dropped = async (telemetry: number) =>
      (await retain(pool, { ...DEFAULT_DAYS, telemetry }, now)).filter((name) => name.startsWith('telemetry'))
    expect(await dropped(4)).toEqual([nameOf(40)])
    expect(await dropped(3)).toEqual([nameOf(4)]) // packed, and past its time
  })

  it('[RET5] takes late rows while it is packed and afterwards, each once, and is packed again after many', async () => {
    await fill(pool, 5)
    await insertLate(5)
    const reader = await pool.connect()
    await reader.query('begin')
    const { rows: count } = await figures(reader) // an open read: the copy cannot take the day's place
    const packing = pack()
    await until('the copy', async () => (await pool.query('select from telemetry_packing')).rowCount)
    await insertLate(5, 10)
    expect(await lateRows()).toBe(11)
    await reader.query('commit')
    reader.release()
    expect(await packing).toMatchObject([{ day: nameOf(5), rows: count + 10 }])
    await insertLate(5, 10)
    expect(await lateRows()).toBe(21)
    expect(await pack()).toEqual([])
    await fill(pool, 5, 30_000)
    const before = await figures(pool)
    expect(await pack()).toMatchObject([{ day: nameOf(5), rows: count + 30_020 }])
    expect(await figures(pool)).toEqual(before)
    expect(await leftOvers()).toEqual([])
  })

  it('[RET4] blocks neither inserts nor reads, not even behind a read that stays open', async () => {
    for (const ago of [3, 4, 5]) await fill(pool, ago)
    let going = true
    const took: number[] = []
    const timed = async (work: () => Promise<unknown>) => {
      while (going) {
        const begun = performance.now()
        await work()
        took.push(performance.now() - begun)
      }
    }
    const others = [
      timed(() => insertLate(0)),
      timed(() =>
        pool.query('select * from telemetry where character_id = 3 and received_at > $1 limit 10', [noon(4)]),
      ),
    ]
    const reader = await pool.connect()
    await reader.query('begin')
    await figures(reader)
    expect(await pack(pool, {}, 1_000)).toEqual([]) // gives up
    await reader.query('commit')
    reader.release()
    const packed = await pack()
    going = false
    await Promise.all(others)
    const worst = Math.max(...took)
    console.log(`3 days packed during ${took.length} inserts and reads; the slowest took ${worst.toFixed(1)} ms`)
    expect(packed).toHaveLength(3)
    expect(await leftOvers()).toEqual([])
    expect(worst).toBeLessThan(1_000)
  })

  it('[RET4] is complete for a transaction that began before', async () => {
    await fill(pool, 3)
    const reader = await pool.connect()
    await reader.query('begin isolation level repeatable read')
    await reader.query('select 1 from characters') // a backup that has not come to telemetry yet
    const packing = pack()
    await until('the copy', async () => (await pool.query('select from telemetry_packing')).rowCount)
    expect(await figures(reader)).toMatchObject({ rows: 2_000 })
    await reader.query('commit')
    reader.release()
    expect(await packing).toHaveLength(1)
    expect(await figures(pool)).toMatchObject({ rows: 2_000 })
  })

  it('[RET5] is as it was or packed when the process is killed, whichever statement it was at', async () => {
    let at = 1
    for (let killed = true; killed; at++) {
      await pool.query(`drop table if exists ${nameOf(6)}`)
      await fill(pool, 6, 400)
      const before = await figures(pool)
      killed = await pack(killedAt(at)).then(
        () => false,
        () => true,
      )
      expect(await figures(pool)).toEqual(before)
      await insertLate(6)
      const after = await figures(pool)
      expect(after.rows).toBe(before.rows + 1)
      await until(
        'the other’s end',
        async () => !(await pool.query("select from pg_locks where locktype = 'advisory'")).rowCount,
      )
      await pack()
      expect(await figures(pool)).toEqual(after)
      expect(await leftOvers()).toEqual([])
    }
    expect(at).toBeGreaterThan(15)
  })

  it('[RET5] is aborted at shutdown, and started again the next time', async () => {
    await fill(pool, 3)
    const ending = new AbortController()
    const reader = await pool.connect()
    await reader.query('begin')
    const before = await figures(reader)
    const onPacked = () => expect.unreachable()
    const packing = packDays(pool, { retention: DEFAULT_DAYS, now, signal: ending.signal, onPacked })
    await until('the copy', async () => (await pool.query('select from telemetry_packing')).rowCount)
    ending.abort()
    await packing
    await reader.query('commit')
    reader.release()
    expect(await figures(pool)).toEqual(before)
    expect(await pack()).toHaveLength(1)
    expect(await figures(pool)).toEqual(before)
  })
})

/** A pool whose connection dies before its nth statement. */
function killedAt(nth: number): Pool {
  let count = 0
  const connect = async () => {
    const client = await pool.connect()
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    const pid = ((await query('select pg_backend_pid() as pid')) as { rows: { pid: number }[] }).rows[0]!.pid
    client.query = (async (...args: unknown[]) => {
      if (++count === nth) await pool.query('select pg_terminate_backend($1, 5000)', [pid])
      return query(...args)
    }) as typeof client.query
    return client
  }
  return { connect, query: pool.query.bind(pool) } as unknown as Pool
}

describe('packed days', () => {
  it('[BAK1] come back from a backup row for row', async () => {
    await clear()
    for (const ago of [1, 3, 4]) await fill(pool, ago)
    await pack()
    const before = await figures(pool)
    const folder = await tempFolder('packed')
    await backup(pool, path.join(folder, 'a'))
    await using other = await testDatabase(now, { max: 3 })
    await restore(other.pool, path.join(folder, 'a'), { overwrite: true })
    expect(await figures(other.pool)).toEqual(before)
    expect(namesOf(await pack(other.pool))).toEqual([nameOf(3), nameOf(4)])
    expect(await figures(other.pool)).toEqual(before)
    await rm(folder, { recursive: true })
  })

  it('[RET4] are made of a database that was filled before there were any', async () => {
    await using other = await testDatabase(now, { max: 3 })
    const old = (await knownMigrations()).filter((file) => file < '0020')
    await other.pool.query('drop schema public cascade; create schema public')
    await transaction(other.pool, (client) => migrateWithin(client, new Set(old)))
    for (const ago of [0, 1, 2, 3, 4]) {
      const [from, to] = [ago, ago - 1].map((days) => noon(days).slice(0, 10))
      await other.pool.query(
        `create table ${nameOf(ago)} partition of telemetry for values from ('${from}') to ('${to}')`,
      )
      await insert(other.pool, ago, 2_000)
    }
    const before = await figures(other.pool)
    await migrate(other.pool, now)
    const { rows } = await other.pool.query<{ name: string }>(
      "select relname as name from pg_class where relname ~ '^telemetry.*unpacked$' and relname <= $1 order by 1",
      [`${nameOf(0)}_unpacked`],
    )
    expect(rows.map(({ name }) => name)).toEqual([2, 1, 0].map((ago) => `${nameOf(ago)}_unpacked`))
    expect(namesOf(await pack(other.pool))).toEqual([nameOf(3), nameOf(4)])
    expect(await figures(other.pool)).toEqual(before)
  })

  it('[RET4] answer through the graph as they did before', async () => {
    await using overlord = await startOverlord()
    const inside = openPool(await databaseOf(overlord.dataDir), { name: 'fill', max: 4 })
    await inside.query(
      `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n, $1, $1
        from generate_series(1, ${CHARACTERS}) n`,
      [noon(9)],
    )
    for (const ago of [3, 4]) await fill(inside, ago)
    await inside.query("select fill_telemetry_spans('-infinity', 'infinity')")
    const moment = new Date(Date.parse(noon(3)) + 90_000)
    const ask = async () =>
      (
        await overlord.graph<object>(
          `query($at: DateTime!, $from: DateTime!, $before: DateTime!) {
             long: trails(seconds: 1800, points: 90, at: $at) { character { name } path { since seconds ew ns } }
             short: trails(seconds: 60, points: 60, at: $at) { character { name } path { since seconds ew ns } }
             characters(at: $at, first: 60) { nodes { name live(at: $at) telemetry(at: $at) { clientAt ew ns kills state
             sessionId }
               early: telemetry(at: $before) { kills receivedAt } history(since: $from, until: $at, points: 500) {
               telemetry { at frames ew { first min max last } kills { last } } } } } }`,
          {
            at: moment.toISOString(),
            from: new Date(moment.getTime() - 3 * 3_600_000).toISOString(),
            before: new Date(Date.parse(noon(3)) - 1_000).toISOString(),
          },
        )
      ).data
    const before = await ask()
    expect(JSON.stringify(before).length).toBeGreaterThan(20_000)
    expect(await pack(inside)).toHaveLength(2)
    expect(await ask()).toEqual(before)
    await inside.end()
  })
})
