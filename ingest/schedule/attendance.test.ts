import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PRESENCE_TOPIC } from '../../shared/contract/presence.ts'
import { topic } from '../../shared/contract/topics.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { testDatabase, type TestDatabase } from '../../shared/testing/test-database.ts'
import { watchAttendance } from './attendance.ts'

const log = pino({ level: 'silent' })
const START = Date.parse('2026-06-20T12:00:00Z')
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(`insert into characters (name, first_seen_at, last_seen_at)
    values ('Ann', now(), now()), ('Bob', now(), now())`)
})
afterAll(() => database[Symbol.asyncDispose]())

/** The events since the last call, as `KIND name server`. */
async function logged(): Promise<string[]> {
  const { rows } = await database.pool.query<{ line: string }>(
    `with gone as (delete from guild_events returning *)
     select concat_ws(' ', g.kind, c.name, g.server) as line from gone g join characters c on c.id = g.character_id
     order by g.id`,
  )
  return rows.map(({ line }) => line)
}

/** One ingest process with a clock that a test moves. */
async function aProcess(second = 0) {
  let now = START + second * 1_000
  const pubsub = memoryPubSub()
  const attendance = await watchAttendance({
    pool: database.pool,
    pubsub,
    log,
    gameServer: 'Coldeve',
    clock: () => now,
  })
  const report = (names: string[]) =>
    pubsub.publish(PRESENCE_TOPIC, {
      node: 'n',
      full: true,
      plugins: names.map((character) => ({ character, server: null, registeredAt: 1 })),
      left: [],
    })
  return {
    attendance,
    /** Two seconds later, with these plugins connected, and telemetry of these characters. */
    async next(plugins: string[], speaking: string[] = []) {
      now += 2_000
      report(plugins)
      for (const character of speaking) pubsub.publish(topic('telemetry', character), { character })
      await attendance.check()
    },
    [Symbol.asyncDispose]: () => attendance[Symbol.asyncDispose](),
  }
}

describe('who comes and goes', () => {
  it('is logged once: plugins at once, characters after a minute of silence, nothing of others', async () => {
    await using process = await aProcess()
    await process.next(['Ann', 'Nobody yet'], ['Ann'])
    await process.next(['Ann'], ['Ann'])
    expect(await logged()).toEqual(['PLUGIN_CONNECTED Ann Coldeve', 'CHARACTER_ARRIVED Ann Coldeve'])
    for (let n = 0; n < 20; n++) await process.next(['Ann', 'Bob'])
    expect(await logged()).toEqual(['PLUGIN_CONNECTED Bob Coldeve'])
    for (let n = 0; n < 20; n++) await process.next(['Bob'])
    expect(await logged()).toEqual(['PLUGIN_DISCONNECTED Ann Coldeve', 'CHARACTER_LEFT Ann Coldeve'])
  })

  it('is compared with what was logged before a restart, once all plugins had time to come back', async () => {
    {
      await using before = await aProcess(1_000)
      await before.next(['Ann', 'Bob'], ['Ann', 'Bob'])
    }
    await logged()
    await using after = await aProcess(1_100)
    for (let n = 0; n < 10; n++) await after.next([], [])
    for (let n = 0; n < 30; n++) await after.next(['Ann'], ['Ann'])
    expect(await logged()).toEqual(['PLUGIN_DISCONNECTED Bob Coldeve', 'CHARACTER_LEFT Bob Coldeve'])
  })
})

describe('a burst of inventory changes', () => {
  const change = (added: string[], removed: string[], updated: string[] = []) =>
    database.pool.query(
      `insert into inventory_changes (character_id, at, added, updated, removed)
       select id, now(), $1, $2, $3 from characters where name = 'Ann'`,
      [added, updated, removed],
    )
  const detailsOf = async () =>
    (
      await database.pool.query<{ details: object }>(
        "delete from guild_events where kind = 'INVENTORY' returning details",
      )
    ).rows

  it('is one event when it is over, whatever processes look, and changed items alone are none', async () => {
    await using one = await aProcess(2_000)
    await using other = await aProcess(2_000)
    await change([], [], ['s:9'])
    await change(['s:1', 's:2'], [])
    await one.attendance.check()
    await change(['s:3'], ['s:1'])
    await other.attendance.check()
    expect(await detailsOf()).toEqual([])
    await database.pool.query("update inventory_bursts set changed_at = changed_at - interval '3 seconds'")
    await Promise.all([one.attendance.check(), other.attendance.check()])
    expect(await detailsOf()).toEqual([
      { details: { added: ['s:1', 's:2', 's:3'], removed: ['s:1'], addedCount: 3, removedCount: 1 } },
    ])
    await one.attendance.check()
    expect(await detailsOf()).toEqual([])
  })

  it('is reported at the latest after half a minute', async () => {
    await using process = await aProcess(3_000)
    await change(['s:4'], [])
    await database.pool.query("update inventory_bursts set began_at = began_at - interval '31 seconds'")
    await change(['s:5'], [])
    await process.attendance.check()
    expect(await detailsOf()).toMatchObject([{ details: { addedCount: 2 } }])
  })
})
