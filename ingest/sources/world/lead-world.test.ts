import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { leadWorld } from './lead-world.ts'

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'leaders', max: 2 })
})
afterAll(async () => {
  await pool.end()
  await database[Symbol.asyncDispose]()
})

const events: string[] = []
/** A process with a world; what it does is in `events`. */
const process = (name: string, world: string, leaseMs = 60_000) =>
  leadWorld(
    world,
    { pool, log: pino({ level: 'silent' }) },
    () => {
      events.push(`${name} runs`)
      return Promise.resolve({ [Symbol.asyncDispose]: () => Promise.resolve(void events.push(`${name} ends`)) })
    },
    { leaseMs, renewMs: 5 },
  )
const turns = async (world: string) =>
  (await pool.query('select until from world_leaders where world = $1', [world])).rows[0] as { until: Date } | undefined

describe('a world that two processes have', () => {
  it('is run by one at a time: the other goes on when the first ends', async () => {
    const first = process('first', 'shared')
    await until('it runs', () => events.includes('first runs'))
    const second = process('second', 'shared')
    const before = await turns('shared')
    await until('a renewal', async () => String((await turns('shared'))!.until) !== String(before!.until))
    expect(events).toEqual(['first runs'])
    await first[Symbol.asyncDispose]()
    await until('the second runs', () => events.includes('second runs'))
    expect(events).toEqual(['first runs', 'first ends', 'second runs'])
    await second[Symbol.asyncDispose]()
    expect(await turns('shared')).toBeUndefined()
  })

  it('is given up by a process that was too late to renew', async () => {
    events.length = 0
    const late = process('late', 'lost')
    await until('it runs', () => events.includes('late runs'))
    await pool.query(
      "update world_leaders set leader = gen_random_uuid(), until = now() + interval '1 hour' where world = 'lost'",
    )
    await until('it ends', () => events.includes('late ends'))
    await late[Symbol.asyncDispose]()
    expect(events).toEqual(['late runs', 'late ends'])
  })
})
