import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backup } from '../../../shared/db/backup/backup.ts'
import { restore } from '../../../shared/db/backup/restore.ts'
import { packDays } from '../../../shared/db/packing/pack-days.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { fillTelemetry } from '../../../shared/testing/fill-telemetry.ts'
import { fillVitals } from '../../../shared/testing/fill-vitals.ts'
import { packAll } from '../../../shared/testing/pack-all.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CHARACTERS = 5
const now = new Date()
/** Midnight, so many days back. */
const midnight = (ago: number) => Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS
const digitsOf = (ago: number) => new Date(midnight(ago)).toISOString().slice(0, 10).replaceAll('-', '')

const TABLES = [
  {
    table: 'telemetry',
    fillTable: fillTelemetry,
    blocks: ['telemetry_blocks', 'telemetry_step_blocks'],
    columns: `character_id, session_id, received_at, at, ew, ns, z, kills, kills_per_hour, online_s, deaths,
      total_deaths, rares_found, tapers, state, memory_mb, cpu_percent, handles, latency_ms, step`,
  },
  {
    table: 'vitals',
    fillTable: fillVitals,
    blocks: ['vitals_blocks'],
    columns: `character_id, received_at, at, health, max_health, health_percent, stamina, max_stamina,
      stamina_percent, mana, max_mana, mana_percent, vitae`,
  },
] as const

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase(now, { max: 6 })
  pool = database.pool
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n, now(), now()
     from generate_series(1, ${CHARACTERS}) n`,
  )
})
afterAll(() => database?.[Symbol.asyncDispose]())
const holders = async () => (await pool.query("select from pg_locks where locktype = 'advisory'")).rowCount

const pack = (on: Pool = pool, patienceMs = 60_000) => packAll(on, { now, patienceMs })

describe.each(TABLES)('$table of a day that is over', ({ table, fillTable, blocks, columns }) => {
  const nameOf = (ago: number, of: string = table) => `${of}_${digitsOf(ago)}`
  const clear = () => pool.query(`truncate ${TABLES.flatMap((one) => [one.table, ...one.blocks]).join(', ')}`)
  beforeEach(clear)

  const fill = (ago: number, frames = 3_000, firstMs = midnight(ago) + 10.5 * HOUR_MS) =>
    fillTable(pool, { firstMs, frames, characters: CHARACTERS })
  /** Every row, packed or not, in numbers that change with any change of one. */
  const figures = async (on: Pool, from = `${table}_history`) =>
    (
      await on.query<{ rows: number; sum: string }>(
        `select count(*) as rows, sum(hashtextextended(r::text, 0))::text as sum
         from (select ${columns} from ${from}) r`,
      )
    ).rows[0]!
  const count = async (from: string) => (await figures(pool, from)).rows

  it('[PAK1] are packed into a fifth of the space or less, the same rows in the view, bit for bit', async () => {
    for (const ago of [0, 1, 3, 4]) await fill(ago, 40_000)
    await fill(40)
    const before = await figures(pool)
    const packed = await pack()
    expect(packed.map(({ day }) => day)).toEqual([nameOf(3), nameOf(4)])
    for (const { rows, bytes, bytesBefore } of packed) {
      expect(rows).toBe(40_000)
      console.log(`a row takes ${(bytes / rows).toFixed(1)} bytes, ${(bytesBefore / rows).toFixed(0)} before`)
      expect(bytes / rows).toBeLessThan(30)
      expect(bytes).toBeLessThan(bytesBefore / 5)
    }
    expect(await figures(pool)).toEqual(before)
    expect(await count(table)).toBe(83_000)
    expect(await pack()).toEqual([])
    const { rows } = await pool.query(
      blocks
        .map((name) => `select from ${name} where date_trunc('hour', last_at) <> date_trunc('hour', received_at)`)
        .join(' union all '),
    )
    expect(rows).toEqual([])
  })

  it('[PAK2] take rows that come late, and those are packed among the others', async () => {
    await fill(3)
    await pack()
    await fill(3, 500, midnight(3) + 10.6 * HOUR_MS)
    await fill(3, 100, midnight(3) + 20 * HOUR_MS)
    const before = await figures(pool)
    expect(before.rows).toBe(3_600)
    expect(await pack()).toMatchObject([{ day: nameOf(3), rows: 600 }])
    expect(await figures(pool)).toEqual(before)
    expect(await count(table)).toBe(0)
    const { rows } = await pool.query(
      blocks
        .map(
          (name) => `select from ${name} a join ${name} b on a.character_id = b.character_id
            and a.received_at < b.received_at and a.last_at > b.received_at`,
        )
        .join(' union all '),
    )
    expect(rows).toEqual([])
  })

  it('[PAK2] are each there once, whichever statement the process that packs is killed at', async () => {
    for (let at = 1, killed = true; killed; at += at < 12 ? 1 : 9) {
      await clear()
      await fill(3, 400)
      const before = await figures(pool)
      const dying = killedAt(at)
      killed = await pack(dying.pool).then(
        () => false,
        () => true,
      )
      dying.spare()
      expect(await figures(pool)).toEqual(before)
      if (killed && at % 5 === 0) {
        await until('the end of the other', async () => !(await holders()))
        await pack()
        expect(await figures(pool)).toEqual(before)
        expect(await count(table)).toBe(0)
      }
    }
  })

  it('[PAK1] are complete for a transaction that began before', async () => {
    await fill(3)
    const reader = await pool.connect()
    await reader.query('begin isolation level repeatable read')
    const rows = async () =>
      (await reader.query<{ rows: number }>(`select count(*) as rows from ${table}_history`)).rows[0]!.rows
    expect(await rows()).toBe(3_000)
    expect(await pack()).toHaveLength(1)
    expect(await rows()).toBe(3_000)
    await reader.query('commit')
    reader.release()
    expect(await count(`${table}_history`)).toBe(3_000)
  })

  it('[PAK3] are dropped with their day, packed or not', async () => {
    for (const ago of [3, 5]) await fill(ago)
    await pack()
    const dropped = await retain(pool, { ...DEFAULT_DAYS, [table]: 4 }, now)
    expect(dropped).toEqual(expect.arrayContaining(blocks.map((name) => nameOf(5, name))))
    expect(await count(`${table}_history`)).toBe(3_000)
  })

  it('[PAK3] come back from a backup row for row', async () => {
    for (const ago of [1, 3]) await fill(ago)
    await pack()
    const before = await figures(pool)
    const folder = await tempFolder('blocks')
    await backup(pool, path.join(folder, 'a'))
    await using other = await testDatabase(now, { max: 3 })
    await restore(other.pool, path.join(folder, 'a'), { overwrite: true })
    expect(await figures(other.pool)).toEqual(before)
    await rm(folder, { recursive: true })
  })

  it('[RET4] blocks neither inserts nor reads, not even behind a read that stays open', async () => {
    for (const ago of [3, 4, 5]) await fill(ago)
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
      timed(() => fill(0, 1)),
      timed(() =>
        pool.query(`select * from ${table}_history where character_id = 3 and block_from > $1 limit 10`, [
          new Date(midnight(4)),
        ]),
      ),
    ]
    const reader = await pool.connect()
    await reader.query('begin')
    await reader.query(`select count(*) from ${table}`)
    const packed = await pack(pool, 1_000)
    await reader.query('commit')
    reader.release()
    going = false
    await Promise.all(others)
    const worst = Math.max(...took)
    console.log(`3 days packed during ${took.length} inserts and reads; the slowest took ${worst.toFixed(1)} ms`)
    expect(packed).toHaveLength(3)
    expect(worst).toBeLessThan(1_000)
    await pack()
    expect(await count(`${table} where received_at < '${new Date(midnight(2)).toISOString()}'`)).toBe(0)
  })

  it('[RET5] that stops at shutdown goes on the next time', async () => {
    await fill(3, 40_000)
    const before = await figures(pool)
    const ending = new AbortController()
    const onPacked = () => expect.unreachable()
    const packing = packDays(pool, { retention: DEFAULT_DAYS, now, signal: ending.signal, onPacked })
    await until('the first slice', async () => (await pool.query(`select from ${blocks[0]}`)).rowCount! > 0)
    ending.abort()
    await packing
    expect(await figures(pool)).toEqual(before)
    expect(await pack()).toHaveLength(1)
    expect(await figures(pool)).toEqual(before)
  })

  it('[RET5] that stops at shutdown cancels no statement of others, however late the cancel comes', async () => {
    await fill(3, 40_000)
    const ending = new AbortController()
    let sent = 0
    let done = 0
    /** Sends the cancel only when the packing's connection does nothing any more. */
    const query = async (text: string, pids: number[]) => {
      sent++
      await until('the packing to be idle', async () => {
        const { rows } = await pool.query('select state from pg_stat_activity where pid = $1', pids)
        return rows[0]?.state === 'idle'
      })
      const answer = await pool.query(text, pids)
      done++
      return answer
    }
    const late = { connect: () => pool.connect(), query } as unknown as Pool
    const onPacked = () => expect.unreachable()
    const packing = packDays(late, { retention: DEFAULT_DAYS, now, signal: ending.signal, onPacked })
    await until('the first slice', async () => (await pool.query(`select from ${blocks[0]}`)).rowCount! > 0)
    ending.abort()
    await packing
    expect([sent, done]).toEqual([1, 1])
  })
})

/** A pool whose connection dies before its nth statement. */
function killedAt(nth: number): { pool: Pool; spare: () => void } {
  let statements = 0
  const connect = async () => {
    const client = await pool.connect()
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    const pid = ((await query('select pg_backend_pid() as pid')) as { rows: { pid: number }[] }).rows[0]!.pid
    client.query = (async (...args: unknown[]) => {
      if (++statements === nth) await pool.query('select pg_terminate_backend($1, 5000)', [pid])
      return query(...args)
    }) as typeof client.query
    return client
  }
  const spare = () => void (statements = Infinity)
  return { pool: { connect, query: pool.query.bind(pool) } as unknown as Pool, spare }
}
