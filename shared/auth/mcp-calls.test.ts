import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { CallLog, storeCalls, type CallByViewer } from './mcp-calls.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => database.pool.query('delete from mcp_calls'))

const aCall = (fields: Partial<CallByViewer> = {}): CallByViewer => ({
  viewer: { kind: 'token', id: '1', name: 'bot' },
  at: new Date(),
  transport: 'HTTP',
  tool: 'get_live_players',
  input: {},
  client: null,
  rows: 1,
  ms: 2,
  outcome: 'OK',
  trace: 't',
  ...fields,
})
const stored = async () => {
  const { rows } = await database.pool.query<{ tool: string; arguments: unknown; viewer_name: string }>(
    'select * from mcp_calls order by id',
  )
  return rows
}

it('calls are stored a batch at a time, in their order; closing stores what waits', async () => {
  const batches: number[] = []
  const calls = new CallLog(async (batch) => {
    batches.push(batch.length)
    await storeCalls(database.pool, batch)
  }, log)
  for (let n = 0; n < 250; n++) calls.add(aCall({ tool: `tool ${n}` }))
  await until('the first batch is stored', async () => (await stored()).length > 0)
  await calls[Symbol.asyncDispose]()
  expect(batches).toEqual([100, 100, 50])
  expect((await stored()).map(({ tool }) => tool)).toEqual(Array.from({ length: 250 }, (_, n) => `tool ${n}`))
})

it('calls wait while the database is away; one that it refuses takes only its batch with it', async () => {
  let trouble: Error | null = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  let tries = 0
  const calls = new CallLog(async (batch) => {
    tries++
    if (trouble) throw trouble
    await storeCalls(database.pool, batch)
  }, log)
  calls.add(aCall({ tool: 'waits' }))
  await until('it was tried', () => tries === 1)
  trouble = null
  await until('it is stored', async () => (await stored()).length === 1)
  trouble = new Error('invalid input')
  calls.add(aCall({ tool: 'refused' }))
  await until('it was refused', () => tries === 3)
  trouble = null
  calls.add(aCall({ tool: 'after' }))
  await calls[Symbol.asyncDispose]()
  expect((await stored()).map(({ tool }) => tool)).toEqual(['waits', 'after'])
})

it('whatever a client sends as arguments can be stored, shortened', async () => {
  const deep = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ inner }), 'end')
  const input = { 'a\0b': 'x\0\ud800'.repeat(1_000), list: Array.from({ length: 50 }, (_, n) => n), deep }
  await storeCalls(database.pool, [aCall({ input, client: 'c\0'.repeat(500) })])
  const [row] = await stored()
  const kept = row!.arguments as { ab: string; list: number[] }
  expect(kept.ab.length).toBeLessThanOrEqual(1_000)
  expect(kept.list).toHaveLength(20)
})

it('arguments of the assistant are not stored: they belong to a chat', async () => {
  const viewer = { kind: 'user', id: '7', name: 'Asker', only: 'read' } as const
  await storeCalls(database.pool, [aCall({ viewer, input: { name: 'Larsson' } })])
  expect(await stored()).toMatchObject([{ viewer_name: 'Asker', arguments: null }])
})
