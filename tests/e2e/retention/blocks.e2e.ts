import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backup } from '../../../shared/db/backup/backup.ts'
import { restore } from '../../../shared/db/backup/restore.ts'
import { packDays, type PackedDay } from '../../../shared/db/packing/pack-days.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { fillVitals } from '../../../shared/testing/fill-vitals.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CHARACTERS = 5
const COLUMNS = `character_id, received_at, at, health, max_health, health_percent, stamina, max_stamina,
  stamina_percent, mana, max_mana, mana_percent, vitae`
const now = new Date()
/** Midnight, so many days back. */
const midnight = (ago: number) => Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS
const nameOf = (ago: number) => `vitals_${new Date(midnight(ago)).toISOString().slice(0, 10).replaceAll('-', '')}`

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
beforeEach(() => pool.query('truncate vitals, vitals_blocks'))

const fill = (ago: number, frames = 3_000, firstMs = midnight(ago) + 10.5 * HOUR_MS) =>
  fillVitals(pool, { firstMs, frames, characters: CHARACTERS })

/** Every row, packed or not, in numbers that change with any change of one. */
const figures = async (on: Pool, from = 'vitals_history') =>
  (
    await on.query<{ rows: number; sum: string }>(
      `select count(*) as rows, sum(hashtextextended(r::text, 0))::text as sum from (select ${COLUMNS} from ${from}) r`,
    )
  ).rows[0]!
const holders = async () => (await pool.query("select from pg_locks where locktype = 'advisory'")).rowCount
const count = async (table: string) => (await figures(pool, table)).rows

async function pack(on: Pool = pool): Promise<PackedDay[]> {
  const packed: PackedDay[] = []
  const { signal } = new AbortController()
  await packDays(on, { retention: DEFAULT_DAYS, now, signal, onPacked: (day) => packed.push(day) })
  return packed
}

describe('vitals of a day that is over', () => {
  it('[PAK1] are packed into a quarter of the space or less, the same rows in the view, bit for bit', async () => {
    for (const ago of [0, 1, 3, 4]) await fill(ago, 40_000)
    await fill(20)
    const before = await figures(pool)
    const packed = await pack()
    expect(packed.map(({ day }) => day)).toEqual([nameOf(3), nameOf(4)])
    for (const { rows, bytes, bytesBefore } of packed) {
      expect(rows).toBe(40_000)
      expect(bytes / rows).toBeLessThan(30)
      expect(bytes).toBeLessThan(bytesBefore / 4)
    }
    expect(await figures(pool)).toEqual(before)
    expect(await count('vitals')).toBe(83_000)
    expect(await pack()).toEqual([])
    const { rows } = await pool.query(
      "select from vitals_blocks where date_trunc('hour', last_at) <> date_trunc('hour', received_at)",
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
    expect(await count('vitals')).toBe(0)
    const { rows } = await pool.query(
      `select from vitals_blocks a join vitals_blocks b on a.character_id = b.character_id
        and a.received_at < b.received_at and a.last_at > b.received_at`,
    )
    expect(rows).toEqual([])
  })

  it('[PAK2] are each there once, whichever statement the process that packs is killed at', async () => {
    for (let at = 1, killed = true; killed; at += at < 12 ? 1 : 9) {
      await pool.query('truncate vitals, vitals_blocks')
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
        expect(await count('vitals')).toBe(0)
      }
    }
  })

  it('[PAK1] are complete for a transaction that began before', async () => {
    await fill(3)
    const reader = await pool.connect()
    await reader.query('begin isolation level repeatable read')
    const rows = async () =>
      (await reader.query<{ rows: number }>('select count(*) as rows from vitals_history')).rows[0]!.rows
    expect(await rows()).toBe(3_000)
    expect(await pack()).toHaveLength(1)
    expect(await rows()).toBe(3_000)
    await reader.query('commit')
    reader.release()
    expect(await count('vitals_history')).toBe(3_000)
  })

  it('[PAK3] are dropped with their day, packed or not', async () => {
    for (const ago of [3, 5]) await fill(ago)
    await pack()
    const dropped = await retain(pool, { ...DEFAULT_DAYS, vitals: 4 }, now)
    expect(dropped).toContain(nameOf(5).replace('vitals_', 'vitals_blocks_'))
    expect(await count('vitals_history')).toBe(3_000)
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
