// Days of telemetry that are packed, as a whole Overlord has them.
import { describe, expect, it } from 'vitest'
import { knownMigrations, migrate, migrateWithin } from '../../../shared/db/migrate.ts'
import { openPool, transaction, type Pool } from '../../../shared/db/pool.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { fillTelemetry } from '../../../shared/testing/fill-telemetry.ts'
import { packAll } from '../../../shared/testing/pack-all.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'

const DAY_MS = 86_400_000
const CHARACTERS = 20
const now = new Date()
/** Noon, so many days back. */
const noonMs = (ago: number) => Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS + DAY_MS / 2
const nameOf = (ago: number) => `telemetry_${new Date(noonMs(ago)).toISOString().slice(0, 10).replaceAll('-', '')}`
const fill = (pool: Pool, ago: number) =>
  fillTelemetry(pool, { firstMs: noonMs(ago), frames: 20_000, characters: CHARACTERS })

const COLUMNS = `character_id, session_id, received_at, at, ew, ns, z, kills, kills_per_hour, online_s, deaths,
  total_deaths, rares_found, tapers, state, memory_mb, cpu_percent, handles, latency_ms, step`
const figures = async (pool: Pool, from: string) =>
  (
    await pool.query<{ rows: number; sum: string }>(
      `select count(*) as rows, sum(hashtextextended(t::text, 0))::text as sum from (select ${COLUMNS} from ${from}) t`,
    )
  ).rows[0]!

const pack = async (pool: Pool): Promise<string[]> => (await packAll(pool, { now })).map(({ day }) => day)

/** Databases as earlier versions left them, with a table for each day. */
async function filledBefore(pool: Pool, isOld: (migration: string) => boolean): Promise<void> {
  const old = (await knownMigrations()).filter(isOld)
  await pool.query('drop schema public cascade; create schema public; drop schema if exists sql_views cascade')
  await pool.query('drop schema if exists sql_private cascade')
  await transaction(pool, (client) => migrateWithin(client, new Set(old)))
  for (const ago of [0, 1, 2, 3, 4]) {
    const [from, to] = [ago, ago - 1].map((days) => new Date(noonMs(days)).toISOString().slice(0, 10))
    await pool.query(`create table ${nameOf(ago)} partition of telemetry for values from ('${from}') to ('${to}')`)
    await fill(pool, ago)
  }
}

describe('packed days of telemetry', () => {
  it('[RET4] are made of a database that was filled before there were any', async () => {
    await using other = await testDatabase(now, { max: 3 })
    await filledBefore(other.pool, (file) => file < '0020')
    for (const ago of [0, 1, 2, 3, 4]) await other.pool.query(`drop index ${nameOf(ago)}_unpacked`)
    const before = await figures(other.pool, 'telemetry')
    await migrate(other.pool, now)
    const { rows } = await other.pool.query<{ name: string }>(
      "select relname as name from pg_class where relname ~ '^telemetry.*unpacked$' and relname <= $1 order by 1",
      [`${nameOf(0)}_unpacked`],
    )
    expect(rows.map(({ name }) => name)).toEqual([2, 1, 0].map((ago) => `${nameOf(ago)}_unpacked`))
    expect(await pack(other.pool)).toEqual([nameOf(3), nameOf(4)])
    expect(await figures(other.pool, 'telemetry_history')).toEqual(before)
  })

  it('[RET4] are made of days that an earlier version packed row by row, one of them half', async () => {
    await using other = await testDatabase(now, { max: 3 })
    await filledBefore(other.pool, (file) => file < '0115')
    await other.pool.query(`
      comment on table ${nameOf(3)} is 'packed into 200 pages';
      drop index if exists ${nameOf(3)}_unpacked;
      create table telemetry_packing (like telemetry);
      create table telemetry_late (like telemetry);
      create trigger telemetry_came_late after insert on ${nameOf(4)} for each row execute function keep_late_row()`)
    const before = await figures(other.pool, 'telemetry')
    await migrate(other.pool, now)
    expect(
      (
        await other.pool.query(
          `select relname from pg_class where relname in ('telemetry_packing', 'telemetry_late', 'telemetry_unpacked')
           union all select tgname from pg_trigger where tgname = 'telemetry_came_late'`,
        )
      ).rows,
    ).toEqual([])
    expect(await pack(other.pool)).toEqual([nameOf(3), nameOf(4)])
    expect(await figures(other.pool, 'telemetry_history')).toEqual(before)
  })

  it('[RET4] answer through the graph as they did before', async () => {
    await using overlord = await startOverlord()
    const inside = openPool(await databaseOf(overlord.dataDir), { name: 'fill', max: 4 })
    await inside.query(
      `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n, $1, $1
        from generate_series(1, ${CHARACTERS}) n`,
      [new Date(noonMs(9))],
    )
    await inside.query(
      `insert into play_sessions (character_id, key, started_at) select id, name || '-1', $1 from characters limit 2`,
      [new Date(noonMs(4))],
    )
    for (const ago of [3, 4]) await fill(inside, ago)
    await inside.query("select fill_telemetry_spans('-infinity', 'infinity')")
    const moment = noonMs(3) + 1_690_000
    const ask = async () =>
      (
        await overlord.graph<object>(
          `query($at: DateTime!, $from: DateTime!, $before: DateTime!) {
             long: trails(seconds: 1800, points: 90, at: $at) { character { name } path { since seconds ew ns } }
             short: trails(seconds: 60, points: 60, at: $at) { character { name } path { since seconds ew ns } }
             characters(at: $at, first: 60) { nodes { name live(at: $at) telemetry(at: $at) { clientAt ew ns kills state
             sessionId memoryMb }
               early: telemetry(at: $before) { kills receivedAt } history(since: $from, until: $at, points: 500) {
               telemetry { at frames ew { first min max last } kills { last } } } } } }`,
          {
            at: new Date(moment).toISOString(),
            from: new Date(moment - 3 * 3_600_000).toISOString(),
            before: new Date(noonMs(3) - 1_000).toISOString(),
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
