import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { ReadBudgets } from '../read-budget.ts'
import { fairPool } from './fair-pool.ts'
import { transaction } from './pool.ts'

let database: TestDatabase
beforeAll(async () => void (database = await testDatabase(new Date(), { max: 3 })))
afterAll(() => database[Symbol.asyncDispose]())

it('[LIM4] an operation never takes all connections, and gets its answers in the end', async () => {
  const { pool } = database
  const blocker = await pool.connect()
  await blocker.query('select pg_advisory_lock(1)')
  const greedy = fairPool(pool)
  const answers = Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const { rows } = await greedy.query<{ n: number }>('select $1::int as n, pg_advisory_xact_lock_shared(1)', [n])
      return rows[0]!.n
    }),
  )
  await until('it to have what it may', () => pool.totalCount === 3 && pool.idleCount === 0)
  expect(pool.waitingCount).toBe(0)
  await blocker.query('select pg_advisory_unlock(1)')
  blocker.release()
  expect(await answers).toEqual(Array.from({ length: 20 }, (_, n) => n))
})

it('[LIM4] connections of transactions that were closed make room for others', async () => {
  await using database = await testDatabase(new Date(), { max: 2 })
  const { pool } = database
  pool.options.idleTimeoutMillis = 20
  for (let n = 0; n < 4; n++) {
    await transaction(fairPool(pool), async (client) => void (await client.query('select 1')))
    await until('the idle connection to be closed', () => pool.totalCount === 0, 5_000)
  }
  expect((await fairPool(pool).query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

it('[LIM4] a statement that fails makes room for the next', async () => {
  const fair = fairPool(database.pool)
  for (let n = 0; n < 5; n++) await expect(fair.query('select 1/0')).rejects.toThrow('division')
  expect((await fair.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

it('[LIM5] statements of an operation that has read too much are refused before they are sent', async () => {
  const budgets = new ReadBudgets({ perOperation: 10_000, perViewer: 100_000, overall: 100_000 })
  using budget = budgets.of({ kind: 'user', id: '1' })
  const fair = fairPool(database.pool, budget)
  const rows = (count: number) => fair.query("select repeat('x', 100) as text from generate_series(1, $1)", [count])
  expect((await rows(10)).rows).toHaveLength(10)
  await expect(rows(100)).rejects.toThrow('10000 bytes')
  await expect(fair.query('this is no statement')).rejects.toThrow('10000 bytes')
})
