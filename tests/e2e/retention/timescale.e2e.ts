// With a database that offers TimescaleDB too: TIMESCALE_URL=postgres://… E2E=1 npx vitest run tests/e2e/retention
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { backup } from '../../../shared/db/backup/backup.ts'
import { restore } from '../../../shared/db/backup/restore.ts'
import { readDialect } from '../../../shared/db/dialect/choose.ts'
import { migrate } from '../../../shared/db/migrate.ts'
import { packAll } from '../../../shared/testing/pack-all.ts'
import { ensureDays } from '../../../shared/db/partitions.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'

const url = process.env['TIMESCALE_URL']
if (!url) console.log('No TIMESCALE_URL: the tests of hypertables are left out (skipped).')

const DAY_MS = 86_400_000
const CHARACTERS = 10
const now = new Date()
/** Noon, so many days back. */
const noon = (ago: number) => new Date(Math.floor(now.getTime() / DAY_MS - ago) * DAY_MS + DAY_MS / 2).toISOString()

/** A new database on the server that offers TimescaleDB. */
async function hypertables(): Promise<{ url: string } & AsyncDisposable> {
  const name = `overlord_test_${Date.now()}_${Math.floor(Math.random() * 1e6)}`
  const server = openPool(url!, { name: 'server', max: 1 })
  await server.query(`create database ${name}`)
  const own = new URL(url!)
  own.pathname = `/${name}`
  return {
    url: own.href,
    async [Symbol.asyncDispose]() {
      await server.query(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/** Two days of frames of all characters. */
async function fill(pool: Pool): Promise<void> {
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n, $1, $1
     from generate_series(1, ${CHARACTERS}) n`,
    [noon(9)],
  )
  for (const ago of [3, 4]) {
    await ensureDays(pool, [noon(ago)])
    await pool.query(
      `insert into telemetry (character_id, received_at, at, ew, ns, kills, state, step)
       select 1 + n % ${CHARACTERS}, $1::timestamptz + n * interval '100 ms', $1, n / 50.0, -n / 60.0, n, 'Hunting',
         n % 200 < ${CHARACTERS} from generate_series(1, 2000) n order by n`,
      [noon(ago)],
    )
  }
  await pool.query("select fill_telemetry_spans('-infinity', 'infinity')")
}

/** Packs, or compresses, all days that are over. */
async function pack(pool: Pool): Promise<void> {
  if ((await readDialect(pool)).name === 'partitions') {
    await packAll(pool, { now })
    return
  }
  await pool.query(
    `select compress_chunk(c, if_not_compressed => true)
     from show_chunks('telemetry', older_than => interval '1 day') c`,
  )
}

const figures = async (pool: Pool) =>
  (
    await pool.query<{ rows: number; sum: string }>(
      'select count(*) as rows, sum(hashtextextended(t::text, 0))::text as sum from telemetry t',
    )
  ).rows[0]!

const READS = `query($at: DateTime!, $from: DateTime!) {
  trails(seconds: 1800, points: 90, at: $at) { character { name } path { since seconds ew ns } }
  characters(at: $at, first: 60) { nodes { name live(at: $at) telemetry(at: $at) { ew ns kills state }
    history(since: $from, until: $at, points: 500) { telemetry { at frames ew { first min max last } } } } } }`

describe.each([
  ['packed partitions', () => testDatabase(now, { max: 4 })],
  ...(url ? [['compressed hypertables', hypertables] as const] : []),
] as [string, () => Promise<{ url: string } & AsyncDisposable>][])('days that are over as %s', (_, make) => {
  it('[RET4] answer as before, take late rows, and come back from a backup', async () => {
    await using database = await make()
    await using other = await make()
    const folder = await tempFolder('hypertables')
    await using overlord = await startOverlord({ env: { DATABASE_URL: database.url } })
    const pool = openPool(database.url, { name: 'fill', max: 4 })
    await fill(pool)
    const moment = new Date(Date.parse(noon(3)) + 90_000)
    const read = async () =>
      (
        await overlord.graph<object>(READS, {
          at: moment.toISOString(),
          from: new Date(moment.getTime() - 3 * 3_600_000).toISOString(),
        })
      ).data
    const before = await read()
    expect(JSON.stringify(before).length).toBeGreaterThan(5_000)
    await pack(pool)
    expect(await read()).toEqual(before)

    await pool.query(
      `insert into telemetry (character_id, received_at, at, ew, ns, kills, state)
       values (7, $1, $1, 1, 2, 12345, 'late')`,
      [new Date(moment.getTime() - 50).toISOString()],
    )
    expect(JSON.stringify(await read())).toContain('"kills":12345')

    const file = path.join(folder, 'all.backup')
    const stored = await figures(pool)
    await backup(pool, file)
    const restored = openPool(other.url, { name: 'test', max: 4 }) // as the pool that made it
    await restore(restored, file, { overwrite: true })
    expect(await figures(restored)).toEqual(stored)
    await restored.end()
    await pool.end()
    await rm(folder, { recursive: true, force: true })
  })
})

describe.skipIf(!url)('an empty database that offers TimescaleDB', () => {
  it('[RET1] gets hypertables, and loses chunks past their time', async () => {
    await using database = await hypertables()
    const pool = openPool(database.url, { name: 'test', max: 4 })
    await migrate(pool)
    expect((await readDialect(pool)).name).toBe('timescale')
    await pool.query(
      `insert into telemetry (character_id, received_at, at, ew, ns)
       select 1, t, t, 1, 1 from generate_series(now() - interval '9 days', now(), interval '1 hour') t`,
    )
    expect((await retain(pool, { ...DEFAULT_DAYS, telemetry: 5 }, new Date())).length).toBeGreaterThanOrEqual(3)
    const { rows } = await pool.query<{ oldest: string }>('select min(received_at) as oldest from telemetry')
    expect(Date.now() - Date.parse(rows[0]!.oldest)).toBeLessThan(6 * 86_400_000)
    await pool.end()
  })
})
