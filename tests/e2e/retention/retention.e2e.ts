import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDialect } from '../../../shared/db/dialect/choose.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { migrate } from '../../../shared/db/migrate.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'

const DAY_MS = 86_400_000
let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase(new Date(), { max: 6 })
  pool = database.pool
})
afterAll(() => database?.[Symbol.asyncDispose]())

const now = new Date()
const dayOf = (daysAgo: number) =>
  new Date(now.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')
async function fill(table: string, days: number): Promise<void> {
  for (let ago = 2; ago <= days; ago++) {
    const from = new Date(now.getTime() - ago * DAY_MS).toISOString().slice(0, 10)
    const to = new Date(now.getTime() - (ago - 1) * DAY_MS).toISOString().slice(0, 10)
    await pool.query(
      `create table if not exists ${table}_${dayOf(ago)} partition of ${table} for values
        from ('${from}') to ('${to}')`,
    )
  }
  await pool.query(
    `insert into ${table} (character_id, received_at, at, ew, ns)
     select 1, t, t, 1, 1 from generate_series(now() - make_interval(days => $1), now(), interval '1 minute') t`,
    [days - 1],
  )
}
const partitionsOf = async (table: string) =>
  (
    await pool.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = $1::regclass order by 1`,
      [table],
    )
  ).rows.map(({ name }) => name)
const days = { ...DEFAULT_DAYS, telemetry: 5 }

describe('history past its time', () => {
  it('[RET1] goes by whole days, and never holds up who inserts, an open read or not', async () => {
    await fill('telemetry', 20)
    const reader = await pool.connect()
    await reader.query('begin')
    await reader.query('select count(*) from telemetry') // a read that stays open
    let going = true
    const insert = () =>
      pool.query('insert into telemetry (character_id, received_at, at, ew, ns) values (1, now(), now(), 1, 1)')
    const stalls: number[] = []
    const inserting = (async () => {
      while (going) {
        const begun = performance.now()
        await insert()
        stalls.push(performance.now() - begun)
      }
    })()
    const dropping = retain(pool, days, now)
    while (stalls.length < 200) await insert()
    await reader.query('commit')
    reader.release()
    const dropped = await dropping
    going = false
    await inserting
    const worst = Math.max(...stalls)
    console.log(
      `${dropped.length} days dropped during ${stalls.length} inserts; the slowest took ${worst.toFixed(1)} ms`,
    )
    expect(dropped).toHaveLength(15)
    expect(await partitionsOf('telemetry')).not.toContain(`telemetry_${dayOf(7)}`)
    expect(await partitionsOf('telemetry')).toContain(`telemetry_${dayOf(5)}`)
    expect(worst).toBeLessThan(1_000) // behind a plain drop it would be as long as the read
    expect(await retain(pool, days, now)).toEqual([])
  })

  it('[RET2] that a killed process left half detached or detached goes at the next round', async () => {
    await fill('telemetry', 9)
    const [half, whole] = [`telemetry_${dayOf(9)}`, `telemetry_${dayOf(8)}`]
    await pool.query(`alter table telemetry detach partition ${whole}`)
    const reader = await pool.connect()
    await reader.query('begin')
    await reader.query('select count(*) from telemetry')
    const killed = await pool.connect()
    await killed.query("set statement_timeout = '500ms'")
    await expect(killed.query(`alter table telemetry detach partition ${half} concurrently`)).rejects.toThrow()
    await killed.query('reset statement_timeout')
    killed.release()
    await reader.query('commit')
    reader.release()
    const pending = await pool.query('select from pg_inherits where inhdetachpending')
    expect(pending.rowCount).toBe(1)
    expect(await retain(pool, days, now)).toEqual([half, whole, `telemetry_${dayOf(7)}`, `telemetry_${dayOf(6)}`])
    expect((await pool.query('select from pg_class where relname = any($1)', [[half, whole]])).rowCount).toBe(0)
  })

  it('[RET3] goes row by row where rows are few, and 0 keeps it for ever', async () => {
    await pool.query(
      `insert into command_audit (at, viewer_kind, viewer_id, viewer_name, character_name, command)
       select now() - make_interval(days => n), 'user', 'x', 'x', 'x', 'x' from generate_series(0, 199) n`,
    )
    await pool.query(
      `insert into audit (at, viewer_kind, viewer_name, action)
       select now() - make_interval(days => n), 'user', 'x', 'x' from generate_series(0, 199) n`,
    )
    expect(await retain(pool, { ...days, command_audit: 0 }, now)).toEqual([])
    expect(await retain(pool, days, now)).toEqual(['command_audit: 109'])
    expect(await retain(pool, { ...days, audit: 30 }, now)).toEqual(['audit: 169'])
  })
})

it('the dialect is chosen once and recorded', async () => {
  const { name } = await readDialect(pool)
  const { rowCount } = await pool.query("select from pg_available_extensions where name = 'timescaledb'")
  expect(name).toBe(rowCount ? 'timescale' : 'partitions')
  await migrate(pool)
  expect((await pool.query('select from dialect')).rowCount).toBe(1)
})
