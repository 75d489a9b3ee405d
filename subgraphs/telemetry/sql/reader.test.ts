// The layers behind the guard, each alone: statements that the guard refuses, run by the role in its transaction.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { loadModule } from 'libpg-query'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { privacyOf } from '../../../shared/access/privacy.ts'
import { aViewer, settingsOf } from '../../../shared/access/testing/viewers.ts'
import { ensureDays } from '../../../shared/db/partitions.ts'
import { readSchema } from '../../../shared/db/schema-text/read.ts'
import { fillVitals } from '../../../shared/testing/fill-vitals.ts'
import { packAll } from '../../../shared/testing/pack-all.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { guard } from './guard/guard.ts'
import { sqlReader, TooMuchMemory, type SqlReader } from './reader.ts'
import { ensureRole, MissingRights } from './role.ts'
import { viewColumns, viewNames } from './views.ts'

const KEY = 'a key for tests only'
const TIMEOUT_MS = 150
const read = (file: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'guard', file), 'utf8')) as unknown
const hostile = Object.values(read('hostile.json') as Record<string, string[]>).flat()
const ordinary = read('ordinary.json') as string[]
/** Stands in everything that the viewer may not see. */
const MARK = 'a secret mark'

let database: TestDatabase
let reader: SqlReader
/** The same with a short timeout. */
let hasty: SqlReader
const settings = settingsOf({
  Hidden: { owner: 'somebody', placeShown: 'HIDDEN' },
  Blurred: { owner: 'somebody', placeShown: 'BLURRED' },
})
const stranger = privacyOf(aViewer('viewer'), settings, 'admins')
const admin = privacyOf(aViewer('admin'), settings, 'admins')

beforeAll(async () => {
  database = await testDatabase()
  await loadModule()
  await plant()
  await ensureRole(database.pool, database.url, KEY)
  const options = { owner: database.pool, url: database.url, key: KEY, onError: () => undefined }
  reader = sqlReader(options)
  hasty = sqlReader({ ...options, timeoutMs: TIMEOUT_MS })
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await hasty[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** A character that hides its place and one that shows it, and something secret in every table with secrets. */
async function plant(): Promise<void> {
  for (const text of [
    `insert into characters (name, first_seen_at, last_seen_at)
     select n, now(), now() from unnest('{Hidden,Blurred,Shown}'::text[]) n`,
    `insert into telemetry (character_id, received_at, at, ew, ns, z)
     select id, now(), now(), 87.654, 87.654, 1 from characters
      where name <> 'Shown'`,
    `insert into telemetry (character_id, received_at, at, ew, ns, z, kills)
      select id, now() - i * interval '1 second', now(), 1.5, 2.5, 3, i
      from characters, generate_series(1, 2000) i where name = 'Shown'`,
    `insert into chat (character_id, received_at, at, text, channel, sender)
      select id, now(), now(), '${MARK}', 'TELL', '${MARK}' from characters`,
    `insert into chat (character_id, received_at, at, text, channel)
     select id, now(), now(), 'hello', 'SAY' from characters`,
    `insert into alerts (kind, character_id, at, severity, text, details, key)
      select 'WATCH', id, now(), 'INFO', '${MARK}', '{"field": "EW"}', name from characters where name = 'Hidden'`,
    `insert into users (username, role, password_hash) values ('${MARK}', 'viewer', '${MARK}')`,
    `insert into service_tokens (name, secret_hash, scopes) values ('${MARK}', '\\x00', '{read}')`,
    `insert into audit (viewer_kind, viewer_id, viewer_name, action) values ('user', '1', '${MARK}', 'x')`,
    `insert into dead_letters (received_at, type, reason, frame) values (now(), 'x', '${MARK}', '${MARK}')`,
    `insert into command_audit (viewer_kind, viewer_id, viewer_name, character_name, command)
      values ('user', '1', '${MARK}', 'Shown', '${MARK}')`,
  ])
    await database.pool.query(text)
}

/** Everything that a statement could have changed. */
async function state(): Promise<unknown> {
  const { rows } = await database.pool.query<{ counts: unknown }>(`
    select json_build_object('users', (select json_agg(u) from users u),
      'roles', (select json_agg(rolname order by 1) from pg_roles),
      'chat', (select count(*) from chat), 'telemetry', (select count(*) from telemetry), 'large', (select count(*) from
      pg_largeobject_metadata), 'relations', (select count(*) from pg_class),
      'functions', (select count(*) from pg_proc),
      'databases', (select count(*) from pg_database), 'extensions', (select count(*) from pg_extension)) as counts`)
  return [rows[0]!.counts, await readSchema(database.pool)]
}

const asRole = async () => {
  const client = new pg.Client({ connectionString: await ensureRole(database.pool, database.url, KEY) })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const revealed = /a secret mark|87\.654/

describe('statements that the guard refuses, without it,', () => {
  it('write nothing, wait for nothing and read nothing outside the views in the transaction of the reader', async () => {
    const before = await state()
    for (const statement of hostile) {
      const begun = performance.now()
      const answer: unknown = await hasty
        .run(statement, false, stranger, 100)
        .catch((error: Error) => ({ error: error.message }))
      expect(performance.now() - begun, statement).toBeLessThan(TIMEOUT_MS + 2_500)
      const text = JSON.stringify(answer)
      expect(text.length, statement).toBeLessThan(1_200_000)
      expect(text, statement).not.toMatch(revealed)
    }
    expect(await state()).toEqual(before)
  }, 120_000)

  it('write nothing and read no secret as bare statements of the role', async () => {
    const before = await state()
    const client = await asRole()
    for (const statement of hostile.filter((text) => !/1000000000|100000000/.test(text))) {
      const begun = performance.now()
      await client.query('begin read only').catch(() => undefined)
      await client.query(`set local statement_timeout = ${TIMEOUT_MS}`)
      const answer: unknown = await client
        .query({ text: statement, queryMode: 'extended' } as pg.QueryConfig)
        .then(({ rows }) => rows)
        .catch((error: Error) => error.message)
      expect(JSON.stringify(answer), statement).not.toMatch(revealed)
      expect(performance.now() - begun, statement).toBeLessThan(TIMEOUT_MS + 2_500)
      await client.query('rollback').catch(() => undefined)
      await client.query('discard all').catch(() => undefined)
    }
    await client.end()
    expect(await state()).toEqual(before)
  }, 120_000)
})

describe('the role', () => {
  it('reads only the views, may run nothing with rights of others, and belongs to no other role', async () => {
    const client = await asRole()
    const { rows } = await client.query<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^(pg_|information_schema)'
        and has_schema_privilege(n.oid, 'usage')
        and has_table_privilege(c.oid, 'select, insert, update, delete, truncate, references, trigger')`)
    expect(rows.map(({ name }) => name.replace('sql_views.', '')).sort()).toEqual([...viewNames].sort())
    const { rows: others } = await client.query<Record<string, unknown>>(`
      select (select count(*)::int from pg_proc where prosecdef and has_function_privilege(oid, 'execute')) as definers,
        (select count(*)::int from pg_auth_members where member = current_user::regrole) as memberships,
        rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconnlimit
        from pg_roles where rolname = current_user`)
    expect(others[0]).toEqual({
      definers: 0,
      memberships: 0,
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
      rolconnlimit: 16,
    })
    await client.end()
  })

  it('sees nothing as a viewer that it names itself, nor by what another connection may show', async () => {
    const client = await asRole()
    const rows = async () => (await client.query('select * from sql_views.chat')).rowCount
    expect(await rows()).toBe(0)
    await client.query(
      `select set_config('overlord.viewer',
        '{"pid": 1, "until": 9e9, "hidden": [], "blurred": [], "tells": null}', false)`,
    )
    await client.query(`select set_config('overlord.viewer_signature', repeat('0', 64), false)`)
    expect(await rows()).toBe(0)
    const { rows: set } = await database.pool.query<{ key: Buffer }>('select key from sql_private.signing_key')
    const { signatureOf, viewerVariable } = await import('./viewer-variable.ts')
    const elsewhere = viewerVariable(admin, 1, new Date())
    const named = 'select set_config($1, $2, false), set_config($3, $4, false)'
    const say = (text: string) =>
      client.query(named, ['overlord.viewer', text, 'overlord.viewer_signature', signatureOf(text, set[0]!.key)])
    await say(elsewhere)
    expect(await rows()).toBe(0)
    const pid = (client as unknown as { processID: number }).processID
    await say(viewerVariable(admin, pid, new Date(Date.now() - 60_000)))
    expect(await rows()).toBe(0)
    await say(viewerVariable(admin, pid, new Date()))
    expect(await rows()).toBe(6)
    await client.end()
  })

  it('cannot be made by a user without that right, and the error names what to grant', async () => {
    await database.pool.query(`create role poor login password 'x'`)
    const url = new URL(database.url)
    url.username = 'poor'
    url.password = 'x'
    const pool = new pg.Pool({ connectionString: url.href, max: 1 })
    await expect(ensureRole(pool, url.href, KEY)).rejects.toThrow(MissingRights)
    await expect(ensureRole(pool, url.href, KEY)).rejects.toThrow('ALTER ROLE "poor" CREATEROLE')
    await pool.end()
    await database.pool.query('drop role poor')
  })

  it('is made by a user who may make roles and is no superuser', async () => {
    await database.pool.query(`create role owner_of_all login createrole password 'x'`)
    await database.pool.query('create database of_an_owner owner owner_of_all')
    const url = new URL(database.url)
    url.username = 'owner_of_all'
    url.password = 'x'
    url.pathname = '/of_an_owner'
    const pool = new pg.Pool({ connectionString: url.href, max: 1 })
    await pool.query('create schema sql_views')
    for (let n = 0; n < 2; n++) {
      const client = new pg.Client({ connectionString: await ensureRole(pool, url.href, KEY) })
      await client.connect()
      expect((await client.query('show default_transaction_read_only')).rows).toEqual([
        { default_transaction_read_only: 'on' },
      ])
      await client.end()
    }
    await pool.end()
    await database.pool.query('drop database of_an_owner')
  })

  it('has a password that no statement shows', async () => {
    const sent: string[] = []
    const watched = Object.create(database.pool) as typeof database.pool
    watched.connect = (async () => {
      const client = await database.pool.connect()
      const query = client.query.bind(client) as (...given: unknown[]) => unknown
      client.query = ((...given: unknown[]) => (
        sent.push(JSON.stringify(given)),
        query(...given)
      )) as typeof client.query
      return client
    }) as typeof watched.connect
    const { password } = new URL(await ensureRole(watched, database.url, KEY))
    expect(sent.join()).toContain('SCRAM-SHA-256')
    expect(sent.join()).not.toContain(password)
  })
})

describe('answers', () => {
  const run = (sql: string, first = 100, privacy = stranger) => {
    const guarded = guard(sql)
    return guarded.ok ? reader.run(guarded.sql, guarded.explains, privacy, first) : expect.fail(guarded.reason)
  }

  it('come for every ordinary statement', async () => {
    for (const sql of ordinary) await expect(run(sql), sql).resolves.toBeTruthy()
  }, 60_000)

  it('name columns and types, and keep whole numbers exact', async () => {
    const { columns, rows } = await run(
      `select 9007199254740993 as big, -9007199254740993, 1::bigint as big, 12345678901234567890.5::numeric as n,
        1.5 as half, array[9007199254740993] as a, '"9007199254740993"'::json as j, 'x9007199254740993' as t,
        9007199254740991 as last`,
    )
    expect(columns.map(({ name }) => name)).toEqual(['big', '?column?', 'big', 'n', 'half', 'a', 'j', 't', 'last'])
    expect(columns[0]).toEqual({ name: 'big', type: 'bigint' })
    expect(rows).toEqual([
      [
        '9007199254740993',
        '-9007199254740993',
        1,
        '12345678901234567890.5',
        1.5,
        ['9007199254740993'],
        '9007199254740993',
        'x9007199254740993',
        9007199254740991,
      ],
    ])
  })

  it('have no more rows than were asked for, and none that is too long', async () => {
    expect(await run('select * from telemetry', 10)).toMatchObject({ truncated: true, rows: { length: 10 } })
    expect(await run('select n from generate_series(1, 3) n', 3)).toMatchObject({
      truncated: false,
      rows: [[1], [2], [3]],
    })
    expect(
      await run("select string_agg(state_text, '') from (select repeat('x', 1000) as state_text from telemetry) t"),
    ).toMatchObject({ truncated: true, rows: [] })
    const long = await run("select repeat('x', 1000) || repeat('y', 1000), kills from telemetry", 1_000)
    expect(long.truncated).toBe(true)
    expect(JSON.stringify(long.rows).length).toBeLessThan(1_100_000)
  })

  it('end with the timeout', async () => {
    const slow = guard('select count(*) from telemetry a, telemetry b, telemetry c')
    await expect(hasty.run(slow.ok ? slow.sql : '', false, stranger, 1)).rejects.toMatchObject({ code: '57014' })
    await expect(hasty.run('select 1', false, stranger, 1)).resolves.toMatchObject({ rows: [[1]] })
  })

  it.each([
    "select length(string_agg(repeat('x', 1000), '')) from generate_series(1, 10000) a, generate_series(1, 100) b",
    `with a as (select replace(repeat('x', 1000), 'x', repeat('y', 1000)) as t)
     select length(replace(t, 'y', repeat('z', 900))) from a`,
    'select cardinality(array_agg(a * b)) from generate_series(1, 10000) a, generate_series(1, 10000) b',
    `explain select length(replace(replace(repeat('x', 1000), 'x', repeat('y', 1000)), 'y', repeat('z', 900)))`,
  ])('end with too much memory, and the next statement runs: %s', async (sql) => {
    await expect(run(sql)).rejects.toThrow(TooMuchMemory)
    expect((await run('select 1')).rows).toEqual([[1]])
  })

  it('of one viewer leave nothing behind for the next on the same connection', async () => {
    expect((await run("select count(*) from chat where channel = 'TELL'", 1, admin)).rows).toEqual([[3]])
    expect((await run("select count(*) from chat where channel = 'TELL'")).rows).toEqual([[0]])
    expect((await run('select count(*) from alerts', 1, admin)).rows).toEqual([[1]])
    expect((await run('select count(*) from alerts')).rows).toEqual([[0]])
  })

  it('show places as the characters let them be shown', async () => {
    const sql = "select character, ew, ns, z from telemetry where character <> 'Shown' order by 1"
    expect((await run(sql)).rows).toEqual([
      ['Blurred', 88, 88, null],
      ['Hidden', null, null, null],
    ])
    expect((await run(sql, 9, admin)).rows).toEqual([
      ['Blurred', 87.654, 87.654, 1],
      ['Hidden', 87.654, 87.654, 1],
    ])
  })

  it('include days that were packed', async () => {
    const day = Date.now() - 5 * 86_400_000
    const at = new Date(day - (day % 86_400_000) + 3_600_000).toISOString()
    await ensureDays(database.pool, [at])
    await database.pool.query(
      `insert into telemetry (character_id, received_at, at, ew, ns, kills)
       select id, $1::timestamptz + i * interval '1 second', $1, 87.654, 87.654, i
       from characters, generate_series(1, 50) i`,
      [at],
    )
    const sql = `select character, count(*), sum(kills), max(ew) from telemetry
      where received_at < '${at}'::timestamptz + interval '1 day'
      group by 1 order by 1`
    const before = await run(sql)
    expect(await packAll(database.pool)).toHaveLength(1)
    expect((await run(sql)).rows).toEqual(before.rows)
    expect(before.rows).toEqual([
      ['Blurred', 50, 1275, 88],
      ['Hidden', 50, 1275, null],
      ['Shown', 50, 1275, 87.654],
    ])
  })

  it('[PAK4] include vitals in blocks', async () => {
    const day = Date.now() - 6 * 86_400_000
    const firstMs = day - (day % 86_400_000) + 3_600_000
    await fillVitals(database.pool, { firstMs, frames: 6_000, characters: 3 })
    const [from, to] = [firstMs + 600_000, firstMs + 3_000_000].map((ms) => new Date(ms).toISOString())
    const sql = `select character, received_at, client_at, health, max_health, vitae, mana_percent from vitals
      where received_at between '${from}' and '${to}' and character <> 'Blurred' order by 1, 2, 7`
    const before = await run(sql)
    expect(before.rows).toHaveLength(100)
    const moved = await packAll(database.pool)
    expect(moved.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThanOrEqual(6_000)
    expect((await run(sql)).rows).toEqual(before.rows)
  })

  it('reveal nothing of hidden rows by errors of conditions on them', async () => {
    expect(
      (await run("select id from alerts where 1 / (case when text like '%mark%' then 0 else 1 end) = 1")).rows,
    ).toEqual([])
    expect((await run("select id from chat where channel = 'TELL' and text::int = 1")).rows).toEqual([])
  })

  it('of EXPLAIN are plans without estimates', async () => {
    const { columns, rows } = await run("explain select * from chat where text = 'x'")
    expect(columns).toEqual([{ name: 'QUERY PLAN', type: 'text' }])
    expect(JSON.stringify(rows)).not.toMatch(/rows=|cost=/)
  })
})

it('every view has the columns that the guard knows', async () => {
  const { rows } = await database.pool.query<{ name: string; columns: string[] }>(`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'sql_views'::regnamespace group by 1`)
  expect(rows.map(({ name }) => name).sort()).toEqual([...viewNames].sort())
  for (const { name, columns } of rows) expect(columns, name).toEqual(viewColumns(name))
  const { rows: plain } = await database.pool.query(`
    select relname from pg_class where relnamespace = 'sql_views'::regnamespace
      and (reloptions is null or not 'security_barrier=true' = any(reloptions)
        or obj_description(oid, 'pg_class') is null)`)
  expect(plain).toEqual([])
})

it('docs/sql.md lists every view with its columns', () => {
  const text = readFileSync(path.join(import.meta.dirname, '..', '..', '..', 'docs', 'sql.md'), 'utf8')
  const listed = [...text.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name, columns]) => [
    name,
    columns!.split(', ').map((column) => column.replaceAll('`', '')),
  ])
  expect(listed).toEqual(viewNames.map((name) => [name, viewColumns(name)]))
})
