import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { openPool } from '../../../shared/db/pool.ts'
import { postgresEnv } from '../../../shared/testing/ready-cluster.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const file = () => path.join(overlord.dataDir, 'a backup')
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/shared/db/backup/main.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: overlord.dataDir, DATA_DIR: overlord.dataDir, ...postgresEnv },
  })
  return { status, said: `${stdout}${stderr}` }
}
const answers = async () =>
  (
    await overlord.graph<Record<string, unknown>>(`{
      characters { totalCount nodes { name tag firstSeenAt telemetry { ew ns kills state } vitals { health vitae } trail
      { ew }
        rares { nodes { id name clientAt } } inventory { items { totalCount
        nodes { id name spells } } } combat { lifetime { kills damageGiven } } } }
      chat(first: 500) { nodes { id text clientAt } }
      alerts { totalCount nodes { id kind text details } }
      users { nodes { username role lastSignInAt } }
      watchRules { nodes { name field number characters } }
    }`)
  ).data
const countRows = async () => {
  const pool = openPool(await databaseOf(overlord.dataDir), { name: 'count', max: 1 })
  const { rows } = await pool.query<{ name: string; count: number }>(
    `select c.relname as name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', c.relname),
      false, true, '')))[1]::text::int as count
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by 1`,
  )
  await pool.end()
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

/** Enough to pass through every buffer on the way many times over. */
const MANY = 200_000
const fillMany = async () => {
  const pool = openPool(await databaseOf(overlord.dataDir), { name: 'fill', max: 1 })
  await pool.query(
    `insert into telemetry (character_id, received_at, at, ew, ns, kills, state)
     select 1, now() - interval '3 hours' + n * interval '1 ms', now(), random() * 200 - 100, n / 7.0, n, repeat('x', n
     % 90)
     from generate_series(1, $1) n`,
    [MANY],
  )
  await pool.end()
}
const sumOfMany = async () => {
  const pool = openPool(await databaseOf(overlord.dataDir), { name: 'sum', max: 1 })
  const { rows } = await pool.query<{ sum: string }>(
    'select sum(hashtextextended(t::text, 0))::text as sum from telemetry t',
  )
  await pool.end()
  return rows[0]!.sum
}

describe('a backup', () => {
  let sum: string
  let before: { graph: Record<string, unknown>; rows: Record<string, number> }

  it('[BAK1] is made while Overlord runs, complete, readable only by its owner', async () => {
    await using plugin = await overlord.plugin('Kept')
    const nasty = 'tab\there \\N backslash\\ "quotes" \u{1F409} line\nbreak'
    for (let n = 0; n < 200; n++) {
      plugin.send({
        type: 'telemetry',
        character_name: `Kept ${n % 20}`,
        char_tag: 'main',
        session_id: 's',
        ew: n / 10,
        ns: -n / 10,
        kills: n,
        vt_state: n % 2 ? 'combat' : '',
      })
      plugin.send({ type: 'vitals', character_name: `Kept ${n % 20}`, health_current: n, vitae: n > 100 ? 5 : 0 })
      plugin.send({ type: 'chat', character_name: 'Kept', text: `${nasty} ${n}` })
    }
    plugin.send({ type: 'rare', character_name: 'Kept', name: 'Infinite Leather' })
    plugin.send({
      type: 'full_inventory',
      character_name: 'Kept',
      items: [{ Id: -5, Name: "Soldier's Gem", HasIdData: true, Spells: [1, 2], IntValues: { 5: 6 } }],
    })
    plugin.send({
      type: 'combat_stats',
      character_name: 'Kept',
      session_id: 's',
      session: { total_kills: 7, total_damage_given: '12', monsters: {} },
    })
    plugin.sendText('no frame')
    await until('Kept is known', async () => {
      const query = '{ character(name: "Kept") { name } }'
      return (await overlord.graph<{ character: object | null }>(query, {}, { mayFail: true })).data.character !== null
    })
    await overlord.graph(
      `mutation {
        createWatchRule(input: { rule: { name: "R", characters: ["Kept"], field: TAPERS, comparison: LT, number: 1.5 }
        }) {
          watchRule { id }
        }
      }`,
    )
    await until('everything', async () => {
      const rows = await countRows()
      const isStored = rows['chat'] === 200 && rows['combat_sessions'] === 1 && rows['dead_letters'] === 1
      // A burst of changes becomes an event two seconds later.
      return isStored && rows['items'] === 1 && rows['inventory_bursts'] === 0
    })
    await fillMany()
    before = { graph: await answers(), rows: await countRows() }
    sum = await sumOfMany()
    expect(before.rows).toMatchObject({ alerts: 20, telemetry: 200 + MANY })
    const { status, said } = run('backup', file())
    expect(said).toContain('chat: 200 rows')
    expect(status).toBe(0)
    expect(statSync(file()).mode & 0o077).toBe(0)
  })

  it('[BAK4] is checked by restoring it elsewhere, while Overlord runs, and nothing is left of that', async () => {
    const databases = async () => {
      const pool = openPool(await databaseOf(overlord.dataDir), { name: 'list', max: 1 })
      const { rows } = await pool.query<{ name: string }>('select datname as name from pg_database order by 1')
      await pool.end()
      return rows.map(({ name }) => name)
    }
    const owner = openPool(await databaseOf(overlord.dataDir), { name: 'forgotten', max: 1 })
    const before = await databases()
    await owner.query('create database overlord_check_0123456789ab') // of a check that was killed
    await owner.end()
    const good = run('backup', '--check', file())
    expect(good).toMatchObject({
      status: 0,
      said: expect.stringMatching(/can be restored: [\d,]{7,} rows of \d+ tables/),
    })
    expect(await databases()).toEqual(before)
    const bytes = readFileSync(file())
    bytes[bytes.length >> 1]! ^= 255
    writeFileSync(`${file()} damaged`, bytes)
    expect(run('backup', '--check', `${file()} damaged`).status).toBe(1)
    expect(run('backup', '--check', `${file()} missing`)).toMatchObject({
      status: 1,
      said: expect.stringContaining('cannot be read: there is no such file or folder'),
    })
    expect(await databases()).toEqual(before)
  })

  it('[BAK2] is not restored while Overlord runs, nor over existing data without --yes', async () => {
    expect(run('restore', file(), '--yes')).toMatchObject({
      status: 1,
      said: expect.stringContaining('still runs') as string,
    })
    await overlord.stop()
    expect(run('restore', file())).toMatchObject({ status: 1, said: expect.stringContaining('--yes') as string })
    expect(run('restore', path.join(ROOT, 'package.json'), '--yes').said).toContain('no backup file')
  })

  it('[BAK3] that is damaged or cut short changes nothing', async () => {
    const whole = readFileSync(file())
    for (const bad of [whole.subarray(0, whole.length - 40), whole.subarray(0, whole.length >> 1), flipped(whole)]) {
      writeFileSync(`${file()} bad`, bad)
      expect(run('restore', `${file()} bad`, '--yes').status).toBe(1)
    }
    await overlord.restart()
    expect((await answers())['chat']).toEqual(before.graph['chat'])
    await overlord.stop()
  })

  it('[BAK1] restores everything into an empty database: the same rows, the same answers, ids that go on', async () => {
    rmSync(path.join(overlord.dataDir, 'postgres'), { recursive: true, force: true })
    const { status, said } = run('restore', file())
    expect(said).toContain('Restored')
    expect(status).toBe(0)
    await overlord.restart()
    const rows = await countRows()
    // What processes write by themselves as time passes, and the session of the sign-in above.
    expect(rows['guild_events']).toBeGreaterThanOrEqual(before.rows['guild_events']!)
    const byThemselves = ['user_sessions', 'watch_version', 'assistant_agents', 'absence_watch']
    for (const name of [...byThemselves, 'attendance', 'guild_events']) delete rows[name]
    expect(rows).toEqual(Object.fromEntries(Object.keys(rows).map((name) => [name, before.rows[name]])))
    expect(await sumOfMany()).toBe(sum)
    expect(await answers()).toEqual(before.graph)
    await using plugin = await overlord.plugin('Kept')
    plugin.send({ type: 'rare', character_name: 'Kept', name: 'Another' })
    await until('the new rare', async () => (await countRows())['rares'] === 2)
    const { data } = await overlord.graph<{ rares: { nodes: { id: string; name: string }[] } }>(
      '{ rares { nodes { id name } } }',
    )
    expect(data.rares.nodes.map(({ name }) => name)).toEqual(['Another', 'Infinite Leather'])
  })

  it('[BAK2] takes the place of what is there with --yes', async () => {
    await overlord.stop()
    expect(run('restore', file(), '--yes').status).toBe(0)
    // What came after the backup and still lies in the spool would be stored once more; here it is to be forgotten.
    rmSync(path.join(overlord.dataDir, 'spool'), { recursive: true })
    await overlord.restart()
    expect(await answers()).toEqual(before.graph)
  })
})

function flipped(whole: Buffer): Buffer {
  const copy = Buffer.from(whole)
  const at = copy.lastIndexOf(Buffer.from('"table":"vitals"')) + 400
  for (let n = 0; n < 16; n++) copy[at + n] = copy[at + n]! ^ 0xff
  return copy
}
