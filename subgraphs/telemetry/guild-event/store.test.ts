import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { privacyOf } from '../../../shared/access/privacy.ts'
import { aViewer, settingsOf } from '../../../shared/access/testing/viewers.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import {
  countGuildEvents,
  guildEventDensity,
  listGuildEvents,
  storedGuildEvents,
  type GuildEventWhere,
} from './store.ts'

const OWNER = '11111111-1111-4111-8111-111111111111'
let database: TestDatabase
const settings = settingsOf({
  Ann: { owner: OWNER, placeShown: 'HIDDEN' },
  Bob: { owner: null, placeShown: 'EXACT' },
})
const asker = (role: 'viewer' | 'admin', id = 'somebody') => {
  const viewer = aViewer(role, { id })
  return { viewer, privacy: privacyOf(viewer, settings, 'admins') }
}
const admin = asker('admin')

const run = (text: string, values: unknown[] = []) => database.pool.query(text, values)
const kindsOf = async (where: GuildEventWhere = {}, who = admin) =>
  (await listGuildEvents(database.pool, where, { first: 50 }, who)).map(({ kind }) => kind).reverse()

beforeAll(async () => {
  database = await testDatabase()
  await run(`insert into users (id, username, role) values ('${OWNER}', 'owner', 'viewer')`)
  await run(`insert into characters (name, tag, first_seen_at, last_seen_at)
    values ('Ann', 'mules', now(), now()), ('Bob', null, now(), now())`)
  await run("insert into character_settings (name, owner_id, changed_by) values ('Ann', $1, 'test')", [OWNER])
  await run(`insert into attendance (character_id, what, is_there, since, server)
    select id, 'PLUGIN', true, now(), 'Coldeve' from characters where name = 'Bob'`)
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const table of [
    'guild_events',
    'rares',
    'alerts',
    'quests',
    'character_sheets',
    'game_servers',
    'command_audit',
  ])
    await run(`delete from ${table}`)
})

const of = (name: string) => `(select id from characters where name = '${name}')`
const findRare = (name: string, rare: string) =>
  run(
    `insert into rares (character_id, name, tier, at, received_at, ew, ns)
    values (${of(name)}, $1, 'COMMON', now(), now(), 1.5, 2.5)`,
    [rare],
  )
const raise = (name: string, kind: string, details: object = {}) =>
  run(
    `insert into alerts (kind, character_id, at, severity, text, details, key)
    values ($1, ${of(name)}, now(), 'INFO', $1, $2, $1)`,
    [kind, details],
  )

describe('the log of notable events', () => {
  it('gets a row with everything notable that is stored, in the same transaction', async () => {
    await findRare('Bob', 'Pearl')
    await raise('Bob', 'DEATH')
    await raise('Bob', 'IDLE')
    await raise('Bob', 'SERVER_DOWN')
    const report = (level: number) =>
      run(`insert into character_sheets (character_id, received_at, at, level, raw)
        values (${of('Bob')}, now(), now(), ${level}, '{}')
        on conflict (character_id) do update set level = excluded.level, received_at = now()`)
    for (const level of [274, 274, 275]) await report(level)
    await run(`insert into command_audit (viewer_kind, viewer_id, viewer_name, character_name, command)
      values ('user', '1', 'x', 'Bob', '/x')`)
    await run("update command_audit set outcome = 'DELIVERED', answered_at = now()")
    expect(await kindsOf()).toEqual(['RARE', 'DEATH', 'ALERT', 'LEVEL', 'COMMAND'])
    const rows = await listGuildEvents(database.pool, {}, { first: 50 }, admin)
    expect(rows.map(({ server, character }) => [server, character])).toEqual(rows.map(() => ['Coldeve', 'Bob']))
    expect(rows.find(({ kind }) => kind === 'RARE')!.rare).toMatchObject({ name: 'Pearl', character: 'Bob', ew: 1.5 })
    expect(rows.find(({ kind }) => kind === 'LEVEL')!.details).toEqual({ level: 275, previousLevel: 274 })
    expect(rows.find(({ kind }) => kind === 'COMMAND')!.command).toMatchObject({ command: '/x', actorKind: 'USER' })
  })

  it('knows a quest as completed when its timer begins again, and not when it is reported again', async () => {
    const report = (readyIn: string) =>
      run(
        `insert into quests (character_id, name, ready_at, at, received_at)
        values (${of('Bob')}, 'Gauntlet', now() + $1::interval, now(), now()) on conflict (character_id, name)
        do update set ready_at = excluded.ready_at, received_at = excluded.received_at`,
        [readyIn],
      )
    for (const readyIn of ['1 day', '1 day 20 seconds', '-1 hour', '-2 hours', '30 seconds']) await report(readyIn)
    expect(await kindsOf()).toEqual([])
    await report('-1 second')
    await report('20 hours')
    await report('19 hours')
    expect(await kindsOf()).toEqual(['QUEST_COMPLETED'])
  })

  it('knows when the game server goes and comes back, and says nothing of the first probe', async () => {
    await run(`insert into game_servers (name, address, state, since, next_check_at, next_count_at)
      values ('Coldeve', 'x', 'UNKNOWN', now(), now(), now())`)
    for (const state of ['UP', 'UP', 'DOWN', 'DOWN', 'UNKNOWN', 'DOWN', 'UP'])
      await run('update game_servers set state = $1', [state])
    expect(await kindsOf({ servers: ['Coldeve'] })).toEqual(['SERVER_DOWN', 'SERVER_DOWN', 'SERVER_UP'])
  })

  it('is filtered by kind, character, server, tag, owner and time', async () => {
    await findRare('Ann', 'Hers')
    await findRare('Bob', 'His')
    await raise('Ann', 'IDLE')
    const namesOf = async (where: GuildEventWhere, who = admin) => {
      const rows = await listGuildEvents(database.pool, where, { first: 50 }, who)
      expect(await countGuildEvents(database.pool, where, who)).toBe(rows.length)
      return rows.map(({ character, kind }) => `${character} ${kind}`).reverse()
    }
    expect(await namesOf({ kinds: ['RARE'] })).toEqual(['Ann RARE', 'Bob RARE'])
    expect(await namesOf({ characters: ['Bob'] })).toEqual(['Bob RARE'])
    expect(await namesOf({ servers: ['Coldeve'] })).toEqual(['Bob RARE'])
    expect(await namesOf({ tags: ['mules'] })).toEqual(['Ann RARE', 'Ann ALERT'])
    expect(await namesOf({ mine: true }, asker('viewer', OWNER))).toEqual(['Ann RARE', 'Ann ALERT'])
    expect(await namesOf({ mine: false }, asker('viewer', OWNER))).toEqual(['Bob RARE'])
    expect(await namesOf({ mine: true })).toEqual([])
    expect(await namesOf({ until: new Date(0) })).toEqual([])
    expect(await namesOf({ since: new Date(0) })).toHaveLength(3)
  })

  it('keeps from viewers what its sources keep from them, listed, counted and streamed', async () => {
    await raise('Ann', 'WATCH', { field: 'EW' })
    await raise('Bob', 'VORTEX', { channel: 'TELL' })
    await raise('Bob', 'WATCH', { field: 'KILLS' })
    await run(`insert into command_audit (viewer_kind, viewer_id, viewer_name, character_name, command)
      values ('user', '1', 'x', 'Bob', '/x')`)
    await run("update command_audit set outcome = 'DELIVERED', answered_at = now()")
    await run("delete from alerts where kind = 'VORTEX'")
    const seen = async (who: typeof admin) => {
      const streamed = await storedGuildEvents(database.pool, {}, who).page('0', '99999999', 50)
      const listed = await listGuildEvents(database.pool, {}, { first: 50 }, who)
      expect(streamed.map(({ id }) => id)).toEqual(listed.map(({ id }) => id).reverse())
      expect(await countGuildEvents(database.pool, {}, who)).toBe(listed.length)
      return streamed.map(({ kind, alert }) => alert?.text ?? kind)
    }
    expect(await seen(asker('viewer'))).toEqual(['WATCH'])
    expect(await seen(asker('viewer', OWNER))).toEqual(['WATCH', 'WATCH'])
    expect(await seen(admin)).toEqual(['WATCH', 'WATCH', 'COMMAND'])
  })

  it('[REP4] counts deaths, rares and alerts by bucket, of those that the viewer may see', async () => {
    await findRare('Ann', 'Pearl')
    await findRare('Bob', 'Gem')
    await raise('Bob', 'DEATH')
    await raise('Ann', 'WATCH', { field: 'EW' })
    const toS = Math.floor(Date.now() / 1000) + 60
    const counted = async (who: typeof admin) => {
      const found = await guildEventDensity(database.pool, { fromS: toS - 300, toS, points: 5 }, who)
      expect([found.deaths, found.rares, found.alerts].map((list) => list.length)).toEqual([5, 5, 5])
      return [found.deaths, found.rares, found.alerts].map((list) => list.reduce((sum, one) => sum + one, 0))
    }
    expect(await counted(admin)).toEqual([1, 2, 1])
    expect(await counted(asker('viewer'))).toEqual([1, 2, 0])
  })
})
