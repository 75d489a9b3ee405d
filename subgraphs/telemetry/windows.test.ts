// `since` and `until` of every list of events: both included, by the server's clock.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { privacyOf } from '../../shared/access/privacy.ts'
import { aViewer, settingsOf } from '../../shared/access/testing/viewers.ts'
import { ensureDays } from '../../shared/db/partitions.ts'
import { testDatabase } from '../../shared/testing/test-database.ts'
import { alertMatches, listAlerts } from './alert/store.ts'
import { chatMatches } from './chat/conditions.ts'
import { countChat, listChat } from './chat/store.ts'
import { listRares, rareMatches } from './rare/store.ts'

const moment = (minute: number) => new Date(Date.UTC(2026, 5, 20, 12, minute)).toISOString()
const MINUTES = [1, 2, 3]
const PAGE = { first: 10 }
const viewer = aViewer('admin')
const privacy = privacyOf(viewer, settingsOf({}), 'admins')
const asker = { viewer, privacy }
type Window = { since?: string; until?: string }
type Row = { id: string }

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  await ensureDays(pool, [moment(0)])
  await pool.query("insert into characters (name, first_seen_at, last_seen_at) values ('Larsson', now(), now())")
  for (const at of MINUTES.map(moment)) {
    await pool.query(
      `insert into rares (character_id, name, tier, at, received_at)
       select id, 'Pearl', 'COMMON', $1, $1 from characters`,
      [at],
    )
    await pool.query(
      `insert into alerts (kind, character_id, at, severity, text, details, key)
       select 'IDLE', id, $1::timestamptz, 'INFO', 'x', '{}', $1::timestamptz::text from characters`,
      [at],
    )
    await pool.query(
      `insert into chat (id, character_id, received_at, at, text, channel)
       select extract(epoch from $1::timestamptz), id, $1::timestamptz, $1::timestamptz, 'x', 'SAY' from characters`,
      [at],
    )
  }
})
afterAll(() => database[Symbol.asyncDispose]())

const lists: [string, (where: Window) => Promise<readonly Row[]>][] = [
  ['rares', async (where) => (await listRares(database.pool, where, PAGE, asker)).rows],
  ['alerts', async (where) => (await listAlerts(database.pool, where, PAGE, asker)).rows],
  ['chat', (where) => listChat(database.pool, where, PAGE, privacy)],
]
const streams: [string, (where: Window) => (row: never) => boolean][] = [
  ['rares', rareMatches],
  ['alerts', alertMatches],
  ['chat', chatMatches],
]

describe.each([
  [{}, MINUTES],
  [{ since: moment(2) }, [2, 3]],
  [{ until: moment(2) }, [1, 2]],
  [{ since: moment(2), until: moment(2) }, [2]],
  [{ since: moment(3), until: moment(1) }, []],
] as [Window, number[]][])('the window %j', (where, minutes) => {
  it.each(lists)('leaves of the list of %s what arrived in it', async (_, list) => {
    expect(await list(where)).toHaveLength(minutes.length)
  })
  it.each(streams)('lets of the stream of %s pass what arrived in it', (_, matching) => {
    const passes = matching(where)
    const row = (minute: number) =>
      ({ character: 'Larsson', at: moment(minute), receivedAt: moment(minute), heardBefore: [] }) as never
    expect(MINUTES.filter((minute) => passes(row(minute)))).toEqual(minutes)
  })
  it('counts chat as it lists it', async () => {
    expect(await countChat(database.pool, where, privacy)).toBe(minutes.length)
  })
})
