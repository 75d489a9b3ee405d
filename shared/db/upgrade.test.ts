import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { VERSION } from '../version.ts'
import { backup } from './backup/backup.ts'
import { checkDatabase } from './check-database.ts'
import { knownMigrations, migrate, migrateWithin, NewerSchemaError } from './migrate.ts'
import { transaction, type Pool } from './pool.ts'
import { readSchema } from './schema-text/read.ts'

/** The schema that was landed first. */
const OLDEST = ['0001-first-light.sql', '0002-people.sql']
const CHARACTERS = 20
const ROWS = 40_000
const FIGHTS = 400
/** How many drudges a fight killed. */
const KILLS = "snapshot #>> '{monsters,Drudge,kill_count}'"
const now = new Date()
const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)

/** A database of the oldest schema, or that of some migrations, with a day of history. */
async function fillOldest(pool: Pool, migrations = OLDEST): Promise<void> {
  await pool.query('drop schema public cascade; create schema public')
  await transaction(pool, (client) => migrateWithin(client, new Set(migrations)))
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
  await pool.query(
    `insert into combat_sessions (character_id, key, started_at, received_at, snapshot)
     select 1, 'fight ' || n, $1, $1, '{"monsters": {"Drudge": {"kill_count": 5}}}'
     from generate_series(0, ${FIGHTS - 1}) n`,
    [day(1)],
  )
  await pool.query("insert into users (username, password_hash, role) values ('admin', 'hash', 'admin')")
}

const countOfMigrations = async (pool: Pool) =>
  (await pool.query<{ count: number }>('select count(*) as count from migrations')).rows[0]!.count

const countsOf = async (pool: Pool) => {
  const counts: Record<string, number> = {}
  for (const table of ['characters', 'telemetry', 'chat', 'rares', 'items', 'users']) {
    const { rows } = await pool.query<{ count: number }>(`select count(*) from ${table}`)
    counts[table] = rows[0]!.count
  }
  return counts
}

/** What writers of any version of the schema send. */
const WRITES: Record<string, string> = {
  telemetry: 'insert into telemetry (character_id, received_at, at, ew, ns, kills) values (1, now(), now(), 1, 2, 3)',
  vitals: 'insert into vitals (character_id, received_at, at, health) values (1, now(), now(), 100)',
  chat: `insert into chat (id, character_id, received_at, at, text, channel)
    values ((random() * 1e12)::bigint, 1, now(), now(), 'hello', 'LOCAL')`,
  rares: `insert into rares (character_id, name, tier, at, received_at)
    values (1, 'Rare', 'common', clock_timestamp(), now())`,
  items: `with came as (insert into items (server, game_id, character_id, name, int_values, double_values, bool_values,
      string_values, spells, active_spells, changed_at)
      values ('Coldeve', (random() * 1e12)::bigint, 1, 'Bow', '{}', '{}', '{}', '{}', '{}', '{}', now()))
    update items set stack = (random() * 100)::int where server = 'Coldeve' and game_id = 7`,
  fights: `update combat_sessions set received_at = now(),
      snapshot = jsonb_set(snapshot, '{monsters,Drudge,kill_count}', to_jsonb((${KILLS})::int + 1))
    where character_id = 1 and key = 'fight ' || floor(random() * ${FIGHTS})`,
  changes:
    "insert into inventory_changes (character_id, at, added, updated, removed) values (1, now(), '{Bow}', '{}', '{}')",
}

/** Writes all the time; disposing it gives how often each was written, and the longest wait in milliseconds. */
function writers(pool: Pool) {
  let isOver = false
  const written: Record<string, number> = {}
  const longestMs: Record<string, number> = {}
  const all = Object.entries(WRITES).map(async ([name, text]) => {
    while (!isOver) {
      const begun = performance.now()
      await pool.query(text)
      written[name] = (written[name] ?? 0) + 1
      longestMs[name] = Math.max(longestMs[name] ?? 0, performance.now() - begun)
    }
  })
  return async () => {
    isOver = true
    await Promise.all(all)
    return { written, longestMs }
  }
}

describe('[OPS11] the oldest schema', () => {
  it('is brought up to date with everything in it, while others write and none of them waits for two seconds', async () => {
    await using database = await testDatabase(now, { max: 10 })
    const { pool } = database
    await fillOldest(pool)
    const before = await countsOf(pool)
    const stop = writers(pool)
    const ran = await migrate(pool, now)
    const { written, longestMs } = await stop()
    expect(ran).toEqual((await knownMigrations()).filter((file) => !OLDEST.includes(file)))
    const expected = { ...before }
    for (const table of ['telemetry', 'chat', 'rares', 'items']) expected[table]! += written[table]!
    expect(await countsOf(pool)).toEqual(expected)
    for (const [name, ms] of Object.entries(longestMs)) expect(ms, name).toBeLessThan(2_000)
    const { rows } = await pool.query<{ version: string }>('select distinct version from migration_versions')
    expect(rows).toEqual([{ version: VERSION }])
    const kills = await pool.query<{ counted: number; fought: number }>(
      `select (select sum(kills)::int from monster_days) as counted,
         (select sum((${KILLS})::int)::int from combat_sessions) as fought`,
    )
    expect(kills.rows[0]!.counted).toBe(kills.rows[0]!.fought)
  })

  it('becomes the same schema as that of a new database', async () => {
    await using upgraded = await testDatabase(now)
    await using fresh = await testDatabase(now)
    await fillOldest(upgraded.pool)
    await migrate(upgraded.pool, now)
    expect(await readSchema(upgraded.pool)).toBe(await readSchema(fresh.pool))
    const invalid = 'select indexrelid::regclass::text as name from pg_index where not indisvalid'
    expect((await upgraded.pool.query(invalid)).rows).toEqual([])
  })

  it('has its items decoded, each held where it was', async () => {
    await using database = await testDatabase(now)
    const { pool } = database
    await fillOldest(pool)
    await migrate(pool, now)
    const { rows } = await pool.query(
      `select count(*) as items, count(f.game_id) as decoded, count(s.id) as held from items i
       left join item_facts f using (server, game_id)
       left join item_stays s on s.server = i.server and s.game_id = i.game_id and s.until = 'infinity'
         and s.character_id = i.character_id`,
    )
    expect(rows).toEqual([{ items: 3000, decoded: 3000, held: 3000 }])
  })

  it('is brought up to date by the next start when the first one was interrupted, wherever that was', async () => {
    await using database = await testDatabase(now)
    await using fresh = await testDatabase(now)
    const { pool } = database
    await fillOldest(pool)
    let interruptions = 0
    for (let isDone = false; !isDone;) {
      const before = await countOfMigrations(pool)
      const upgrading = migrate(pool, now).then(
        () => true,
        () => false, // its connection was ended
      )
      const goneOn = until('five more migrations', async () => (await countOfMigrations(pool)) >= before + 5)
      isDone = await Promise.race([upgrading, goneOn.then(() => false)])
      if (isDone) break
      await pool.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7219001")
      isDone = await upgrading
      interruptions++
    }
    expect(interruptions).toBeGreaterThan(3)
    expect(await readSchema(pool)).toBe(await readSchema(fresh.pool))
    expect((await countsOf(pool))['telemetry']).toBe(ROWS)
  })

  it('waits for a reader that holds a table, and lets writers pass meanwhile', async () => {
    await using database = await testDatabase(now, { max: 10 })
    const { pool } = database
    await fillOldest(pool)
    const reader = await pool.connect()
    await reader.query('begin; lock table telemetry in access share mode')
    const stop = writers(pool)
    const upgrading = migrate(pool, now)
    await until('the upgrade to wait for the reader', async () => {
      const { rows } = await pool.query("select from pg_locks where not granted and mode = 'AccessExclusiveLock'")
      return rows.length > 0
    })
    await until('it to give way, and to wait again', async () => {
      const { rows } = await pool.query("select from pg_locks where not granted and mode = 'AccessExclusiveLock'")
      return rows.length === 0
    })
    await reader.query('commit')
    reader.release()
    await upgrading
    const { longestMs } = await stop()
    for (const [name, ms] of Object.entries(longestMs)) expect(ms, name).toBeLessThan(2_000)
  })
})

describe('[OPS11] a schema between the oldest and that of today', () => {
  it.each([5, 20, 35, 50])('with %d migrations becomes that of today, by two processes at once', async (count) => {
    await using database = await testDatabase(now)
    await using fresh = await testDatabase(now)
    const { pool } = database
    await fillOldest(pool, (await knownMigrations()).slice(0, count))
    const before = await countsOf(pool)
    const [one, other] = await Promise.all([migrate(pool, now), migrate(pool, now)])
    expect([...one, ...other].sort()).toEqual((await knownMigrations()).slice(count))
    expect(await countsOf(pool)).toEqual(before)
    expect(await readSchema(pool)).toBe(await readSchema(fresh.pool))
  })

  it('of a build before 0003 and 0060 were changed becomes that of today', async () => {
    await using database = await testDatabase(now)
    await using fresh = await testDatabase(now)
    const { pool } = database
    await pool.query("delete from migrations where name like '0064%'")
    await pool.query(`alter table items add constraint items_character_id_fkey
      foreign key (character_id) references characters(id)`)
    for (const [name, table] of Object.entries({ chain_audit: 'audit', chain_command_audit: 'command_audit' }))
      await pool.query(`create or replace function ${name}() returns trigger language plpgsql as $$
        begin perform add_audit_link('${table}', new.id, ${table}_row_hash(new), new.at); return null; end $$`)
    await pool.query('drop function linked_at')
    expect(await migrate(pool, now)).toEqual(['0064-changed-after-landing.sql'])
    expect(await readSchema(pool)).toBe(await readSchema(fresh.pool))
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

  it('[OPS20] is refused when the newer one was interrupted within its first migration', async () => {
    await using database = await testDatabase()
    const { pool, url } = database
    await pool.query('create table migration_steps (name text, step int, primary key (name, step))')
    await pool.query("insert into migration_steps values ('0001-first-light.sql', 0)")
    expect(await checkDatabase(url, { migrates: false })).toBeNull()
    await pool.query("insert into migration_steps values ('9999-from-the-future.sql', 0)")
    expect(await checkDatabase(url, { migrates: false })).toMatch(/9999-from-the-future.*Run the newer build/)
    await expect(migrate(pool)).rejects.toThrow(NewerSchemaError)
  })

  it('[BAK1] is not backed up while it is between two versions', async () => {
    await using database = await testDatabase()
    await database.pool.query('create table migration_steps (name text, step int, primary key (name, step))')
    const file = path.join(tmpdir(), `overlord-${randomUUID()}.backup`)
    await expect(backup(database.pool, file)).rejects.toThrow(/is being brought up to date.*npm run migrate/)
    expect(existsSync(file)).toBe(false)
  })

  it('is not looked for where there is no database yet, or no schema', async () => {
    expect(await checkDatabase('postgres://nobody@127.0.0.1:1/none', { migrates: true })).toBeNull()
    await using database = await testDatabase()
    await database.pool.query('drop schema public cascade; create schema public')
    expect(await checkDatabase(database.url, { migrates: true })).toBeNull()
  })
})
