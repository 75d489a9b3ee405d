import { afterAll, beforeAll, expect, it } from 'vitest'
import { takePaced } from '../../shared/db/paces.ts'
import { testDatabase, type TestDatabase } from '../../shared/testing/test-database.ts'
import { SharedCalls } from './shared-calls.ts'

const fast = { name: 'get_live_players', isSlow: false }
const slow = { name: 'suitbuilder_search', isSlow: true }

let database: TestDatabase
let writes = 0
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
const aProcess = () =>
  new SharedCalls((name, amount, perMinute) => {
    writes++
    return takePaced(database.pool, name, amount, perMinute)
  })

it('two processes let through no more calls of a slow tool than one would', async () => {
  const [one, other] = [aProcess(), aProcess()]
  const calls = await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 ? one : other).admit('token 1', slow)))
  const admitted = calls.filter((refused) => refused === null).length
  expect(admitted).toBeGreaterThanOrEqual(20)
  expect(admitted).toBeLessThanOrEqual(21) // the room of a second may have come back
  expect(calls.find((refused) => refused !== null)).toMatch(/Try again in 3 s/)
  expect(await other.admit('token 2', slow)).toBeNull()
})

it('two processes let through no more calls than one would, and write once for a hundred', async () => {
  const [one, other] = [aProcess(), aProcess()]
  writes = 0
  const calls = await Promise.all(Array.from({ length: 8_000 }, (_, n) => (n % 2 ? one : other).admit('token 3', fast)))
  const admitted = calls.filter((refused) => refused === null).length
  expect(admitted).toBeGreaterThanOrEqual(5_900)
  expect(admitted).toBeLessThanOrEqual(6_600)
  expect(await one.admit('token 4', fast)).toBeNull()
})

it('calls that arrive together wait for one lease', async () => {
  const one = aProcess()
  writes = 0
  await Promise.all(Array.from({ length: 100 }, () => one.admit('token 5', fast)))
  expect(writes).toBe(1)
})
