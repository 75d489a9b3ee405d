import { afterAll, beforeAll, expect, it } from 'vitest'
import { watchAbsence } from '../../../ingest/alerts/absence.ts'
import { topic } from '../../../shared/contract/topics.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { createLog } from '../../../shared/log.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase(new Date(), { max: 6 })
  pool = database.pool
})
afterAll(() => database?.[Symbol.asyncDispose]())

it('[ALR4] many processes report one absence once; a pause of ours is no absence', async () => {
  const pubsub = memoryPubSub()
  let up = true
  const bus = { ...pubsub, ready: () => up }
  const raised: AlertEvent[] = []
  await pubsub.subscribe(topic('alert'), (event) => raised.push(event as AlertEvent))
  let now = Date.parse('2026-06-20T18:00:00Z')
  const options = { pool, pubsub: bus, log: createLog('silent'), clock: () => now }
  await using one = await watchAbsence(options)
  await using two = await watchAbsence(options)
  await using three = await watchAbsence(options)
  const check = () => Promise.all([one, two, three].map((watch) => watch.check()))
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 2) {
      now += 2_000
      await check()
    }
  }
  await pool.query("insert into characters (name, first_seen_at, last_seen_at) values ('Larsson', now(), now())")
  const hear = () =>
    pubsub.publish(topic('telemetry', 'Larsson'), { character: 'Larsson', receivedAt: new Date(now).toISOString() })

  hear()
  await pass(30)
  expect(raised).toEqual([])
  await pass(10)
  expect(raised.map(({ kind, text }) => [kind, text])).toEqual([['GONE', 'Larsson is gone']])
  hear()
  now += 600_000 // the machine slept
  await check()
  await pass(20)
  up = false // then the broker was away
  await pass(20)
  up = true
  await pass(20)
  expect(raised).toHaveLength(1)
  await pass(20)
  expect(raised).toHaveLength(2)
  expect((await pool.query("select from alerts where kind = 'GONE'")).rowCount).toBe(2)
})

it('[ALR4] a character live at a shutdown is reported after the next start, however late, and only once', async () => {
  const pubsub = memoryPubSub()
  const raised: string[] = []
  await pubsub.subscribe(topic('alert'), (event) => raised.push((event as AlertEvent).text))
  let now = Date.parse('2026-07-01T18:00:00Z')
  const store = (character: string) =>
    pool.query(
      `with known as (insert into characters (name, first_seen_at, last_seen_at) values ($1, $2, $2)
         on conflict (name) do update set last_seen_at = $2 returning id)
       insert into latest_telemetry (character_id, received_at, at, ew, ns) select id, $2, $2, 1, 2 from known
       on conflict (character_id) do update set received_at = excluded.received_at`,
      [character, new Date(now)],
    )
  /** A process that lives for so many seconds, in which it hears these. */
  const live = async (seconds: number, characters: string[]) => {
    await using watch = await watchAbsence({ pool, pubsub, log: createLog('silent'), clock: () => now })
    for (let second = 0; second < seconds; second += 2) {
      now += 2_000
      for (const character of characters) {
        pubsub.publish(topic('telemetry', character), { character, receivedAt: new Date(now).toISOString() })
        await store(character)
      }
      await watch.check()
    }
  }
  await pool.query('delete from absence_watch') // as where it was never kept
  await store('Of another year')
  now += 365 * 86_400_000
  await live(20, ['Early', 'One', 'Two'])
  await live(40, ['One', 'Two'])
  expect(raised).toEqual(['Early is gone'])
  now += 3 * 86_400_000
  await store('Quick') // back before we look
  for (let restart = 0; restart < 3; restart++) await live(12, ['Quick'])
  expect(raised).toEqual(['Early is gone'])
  await live(40, ['Quick'])
  await live(40, ['Quick'])
  expect(raised).toEqual(['Early is gone', 'One is gone', 'Two is gone'])
})

it('[ALR4] begins while the database is away, and looks again and again', async () => {
  const away = openPool('postgres://nobody@127.0.0.1:1/nothing', { name: 'test' })
  const watch = await watchAbsence({ pool: away, pubsub: memoryPubSub(), log: createLog('silent') })
  await expect(watch.check()).rejects.toThrow('ECONNREFUSED')
  await watch[Symbol.asyncDispose]()
  await away.end()
})
