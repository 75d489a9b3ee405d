import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { VERSION } from '../version.ts'
import { checkDatabase } from './check-database.ts'
import { knownMigrations, migrate, migrateWithin, NewerSchemaError } from './migrate.ts'
import { transaction, type Pool } from './pool.ts'

/** The schema that was landed first. */
const OLDEST = ['0001-first-light.sql', '0002-people.sql']
const CHARACTERS = 20
const ROWS = 40_000
const now = new Date()
const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)

/** A database of the oldest schema with a day of history. */
async function fillOldest(pool: Pool): Promise<void> {
  await pool.query('drop schema public cascade; create schema public')
  await transaction(pool, (client) => migrateWithin(client, new Set(OLDEST)))
  for (const table of ['telemetry', 'vitals', 'chat'])
    for (const ago of [1, 0])
      await pool.query(
        `create table ${table}_${day(ago).replaceAll('-', '')} partition of ${table}
         for values from ('${day(ago)}') to ('${day(ago - 1)}')`,
      )
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at)
     select 'Runner ' || n, $1, $1 from generate_series(1, ${CHARACTERS}) n`,
    [day(1)],
  )
  await pool.query(
    `insert into telemetry (character_id, received_at, at, ew, ns, z, kills, deaths, online_s)
     select 1 + n % ${CHARACTERS}, t, t, n % 100, n % 90, 0, n, 0, n
     from generate_series(1, ${ROWS}) n, lateral (select $1::timestamptz + n * interval '2 seconds' as t)`,
    [day(1)],
  )
  await pool.query(
    `insert into chat (id, character_id, received_at, at, text, channel)
     select n, 1 + n % ${CHARACTERS}, $1, $1, 'line ' || n, 'LOCAL' from generate_series(1, 2000) n`,
    [day(1)],
  )
  await pool.query(
    `insert into rares (character_id, name, tier, at, received_at) select 1, 'Rare ' || n, 'common', t, t
     from generate_series(1, 50) n, lateral (select $1::timestamptz + n * interval '1 minute' as t)`,
    [day(1)],
  )
  await pool.query(
    `insert into items (server, game_id, character_id, name, int_values, double_values, bool_values, string_values,
       spells, active_spells, changed_at)
     select 'Coldeve', n, 1 + n % ${CHARACTERS}, 'Sword ' || n, '{"19": 100}', '{}', '{}', '{}', '{}', '{}', $1
     from generate_series(1, 3000) n`,
    [day(1)],
  )
  await pool.query("insert into users (username, password_hash, role) values ('admin', 'hash', 'admin')")
}

const countsOf = async (pool: Pool) => {
  const counts: Record<string, number> = {}
  for (const table of ['characters', 'telemetry', 'chat', 'rares', 'items', 'users']) {
    const { rows } = await pool.query<{ count: number }>(`select count(*) from ${table}`)
    counts[table] = rows[0]!.count
  }
  return counts
}

describe('[OPS11] the oldest schema', () => {
  it('is brought up to date with everything in it, while others write', async () => {
    await using database = await testDatabase(now, { max: 4 })
    const { pool } = database
    await fillOldest(pool)
    const before = await countsOf(pool)
    let isOver = false
    let written = 0
    let longestMs = 0
    const writing = (async () => {
      while (!isOver) {
        const begun = performance.now()
        await pool.query(
          `insert into telemetry (character_id, received_at, at, ew, ns, kills) values (1, now(), now(), 1, 2, 3)`,
        )
        written++
        longestMs = Math.max(longestMs, performance.now() - begun)
      }
    })()
    const ran = await migrate(pool, now)
    isOver = true
    await writing
    expect(ran).toEqual((await knownMigrations()).filter((file) => !OLDEST.includes(file)))
    expect(await countsOf(pool)).toEqual({ ...before, telemetry: before['telemetry']! + written })
    expect(written).toBeGreaterThan(0)
    expect(longestMs).toBeLessThan(10_000)
    const { rows } = await pool.query<{ version: string }>('select distinct version from migration_versions')
    expect(rows).toEqual([{ version: VERSION }])
  })
})

describe('[OPS11] a schema that is newer than the code', () => {
  it('is refused, with the version that is needed and the way out', async () => {
    await using database = await testDatabase()
    const { pool, url } = database
    expect(await checkDatabase(url, { migrates: false })).toBeNull()
    await pool.query("insert into migrations (name) values ('9999-from-the-future.sql')")
    await expect(migrate(pool)).rejects.toThrow(NewerSchemaError)
    await expect(migrate(pool)).rejects.toThrow(/9999-from-the-future.*Run the newer build, or restore a backup/)
    await pool.query("insert into migration_versions (name, version) values ('9999-from-the-future.sql', '99.1.0')")
    expect(await checkDatabase(url, { migrates: false })).toMatch(
      /this is version \d+\.\d+\.\d+\. Run version 99\.1\.0 or newer/,
    )
    expect((await countsOf(pool))['characters']).toBe(0)
  })

  it('is not looked for where there is no database yet, or no schema', async () => {
    expect(await checkDatabase('postgres://nobody@127.0.0.1:1/none', { migrates: true })).toBeNull()
    await using database = await testDatabase()
    await database.pool.query('drop schema public cascade; create schema public')
    expect(await checkDatabase(database.url, { migrates: true })).toBeNull()
  })
})
