import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CHARACTERS_TOPIC } from '../contract/people.ts'
import { memoryPubSub } from '../pubsub/memory.ts'
import { testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { characterSettings } from './character-settings.ts'

const log = pino({ level: 'silent' })

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const set = (name: string, shown: string) =>
  database.pool.query(
    `insert into character_settings (name, place_shown, changed_by) values ($1, $2, 'x')
     on conflict (name) do update set place_shown = excluded.place_shown`,
    [name, shown],
  )

it('knows owners and shown places from the start, and again once a change is published', async () => {
  const { rows } = await database.pool.query<{ id: string }>(
    "insert into users (username, role) values ('owner', 'viewer') returning id::text as id",
  )
  await database.pool.query(
    "insert into character_settings (name, owner_id, changed_by) values ('Owned', $1, 'x'), ('Nobodys', null, 'x')",
    [rows[0]!.id],
  )
  const pubsub = memoryPubSub()
  await using settings = await characterSettings(database.pool, pubsub, log)
  expect(settings.all()).toEqual(new Map([['Owned', { owner: rows[0]!.id, placeShown: 'EXACT' }]]))
  expect(settings.hidesPlaces()).toBe(false)

  await set('Nobodys', 'BLURRED')
  pubsub.publish(CHARACTERS_TOPIC, {})
  await until('it is read', () => settings.hidesPlaces())
  expect(settings.all()!.get('Nobodys')).toEqual({ owner: null, placeShown: 'BLURRED' })

  await set('Nobodys', 'EXACT')
  pubsub.publish(CHARACTERS_TOPIC, {})
  await until('it is read', () => !settings.hidesPlaces())
  expect([...settings.all()!.keys()]).toEqual(['Owned'])
})

it('says that it knows nothing, and hides every place, while it could not be read', async () => {
  let isAway = true
  const pool = {
    query: (text: string) => (isAway ? Promise.reject(new Error('away')) : database.pool.query(text)),
  }
  await using settings = await characterSettings(pool as never, memoryPubSub(), log)
  expect([settings.all(), settings.hidesPlaces()]).toEqual([null, true])
  isAway = false
  await until('it was read again', () => settings.all() !== null)
  expect(settings.hidesPlaces()).toBe(false)
})
