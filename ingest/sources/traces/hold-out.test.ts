// Streams of reports as they really come: interleaved, out of order, twice, too large, hostile.
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { traceQueue, type TraceQueue } from './queue.ts'
import { readReport, type TraceReport } from './report.ts'
import { storeReports } from './store.ts'

let database: TestDatabase
let pool: Pool
let queue: TraceQueue
let made = 0
beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'hold-out', max: 2, pipeline: true })
  queue = traceQueue({ pool, pubsub: memoryPubSub(), log: pino({ level: 'silent' }) })
})
afterAll(async () => {
  await queue[Symbol.asyncDispose]()
  await pool.end()
  await database[Symbol.asyncDispose]()
})

const reportOf = (body: Record<string, unknown>) => {
  const who = {
    source: 'hold-out',
    reporter: 'bot',
    allowed: allowList(),
    now: new Date(),
    newCall: () => `n${made++}`,
  }
  return readReport(body, who) as TraceReport
}
const send = (bodies: readonly Record<string, unknown>[]) => {
  for (const body of bodies) expect(queue.add(reportOf(body))).toBe(true)
}
interface Stored {
  key: string
  step: number
  tool: string
  outcome: string
  ended: boolean
  result: unknown
  input: unknown
  player: string | null
}
const stored = async (like: string) =>
  (
    await pool.query<Stored>(
      `select s.key, t.step, t.tool, t.outcome, s.ended_at is not null as ended, t.result, t.input, s.player
       from trace_steps t join trace_sessions s on s.id = t.session_id
       where s.key like $1 and t.kind = 'CALL' order by s.key, t.step, t.id`,
      [like],
    )
  ).rows
const whenStored = (like: string, count: number) =>
  until('steps', async () => {
    const rows = await stored(like)
    return rows.length === count && rows
  })

/** The same order for the same seed. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const left = [...all]
  let state = seed
  return Array.from({ length: all.length }, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return left.splice(state % left.length, 1)[0]!
  })
}

describe('reports', () => {
  it('of sessions that overlap belong each to its own, whatever order they come in', async () => {
    const sessions = Array.from({ length: 6 }, (_, nth) => `mixed-${nth}`)
    const bodies = sessions.flatMap((session_id, nth) =>
      Array.from({ length: 12 }, (_, at) => ({
        session_id,
        player: `Player${nth}`,
        tool: `tool.${at + 1}`,
        step: at + 1,
        ok: at % 5 !== 4,
      })),
    )
    send(shuffled(bodies, 11))
    const rows = await whenStored('mixed-%', 72)
    for (const [nth, session] of sessions.entries()) {
      const own = rows.filter(({ key }) => key === session)
      expect(own.map(({ step, tool }) => [step, tool])).toEqual(own.map((_, at) => [at + 1, `tool.${at + 1}`]))
      expect(new Set(own.map(({ player }) => player))).toEqual(new Set([`Player${nth}`]))
      expect(own.filter(({ outcome }) => outcome === 'FAILED').map(({ step }) => step)).toEqual([5, 10])
    }
  })

  it('of a result before its call, and of a call after its end, change nothing of how they ended', async () => {
    const call = { session_id: 'late-1', call_id: 'c', tool: 'look' }
    send([
      { ...call, ok: false, result: { status: 'gone' } },
      { session_id: 'late-1', event: 'session_end' },
      { ...call, input: { radius: 3 } },
    ])
    const [row] = await until('the call', async () => {
      const rows = await stored('late-1')
      return rows[0]?.input !== null && rows.length === 1 && rows
    })
    expect(row).toMatchObject({ outcome: 'FAILED', result: { status: 'gone' }, input: { radius: 3 }, ended: true })
    // The first start may be late too; one after it means that the session goes on.
    send([
      { session_id: 'late-1', event: 'session_start' },
      { ...call, step: 9 },
    ])
    await until('the start', async () => (await stored('late-1')).some(({ step }) => step === 9))
    expect((await stored('late-1'))[0]!.ended).toBe(true)
    send([{ session_id: 'late-1', event: 'session_start' }])
    await until('it goes on', async () => !(await stored('late-1'))[0]!.ended)
  })

  it('of a call have the number that its reporter gave it, in whichever report', async () => {
    const call = { session_id: 'number-1', call_id: 'c', tool: 'look' }
    send([{ ...call, result: { count: 1 } }, { ...call, step: '7' }, call, { session_id: 'number-1', tool: 'last' }])
    const rows = await whenStored('number-1', 2)
    expect(rows.map(({ tool, step }) => [tool, step])).toEqual([
      ['last', 2],
      ['look', 7],
    ])
  })

  it('that come twice are one step', async () => {
    const call = { session_id: 'twice-1', call_id: 'c', tool: 'look', result: { count: 1 } }
    send([call, call, { ...call, result: { count: 2 } }, { session_id: 'twice-1', tool: 'last' }])
    const rows = await whenStored('twice-1', 2)
    expect(rows[0]!.result).toEqual({ count: 2 })
  })

  it('are counted in the row of their session, once each, also by processes that store at the same time', async () => {
    const reports = Array.from({ length: 12 }, (_, nth) =>
      reportOf({ session_id: 'counted-1', call_id: `c${nth % 6}`, tool: 'look' }),
    )
    await storeReports(pool, [reportOf({ session_id: 'counted-1', event: 'session_start' })])
    await Promise.all([storeReports(pool, reports), storeReports(pool, reports)])
    const { rows } = await pool.query<{ call_count: number; steps: number[] }>(
      `select call_count, array(select step from trace_steps t where t.session_id = s.id and t.kind = 'CALL'
         order by step) as steps from trace_sessions s where key = 'counted-1'`,
    )
    expect(rows).toEqual([{ call_count: 6, steps: [1, 2, 3, 4, 5, 6] }])
  })

  it('of any size and text are stored bounded, without what may not be shown, and lose no other report', async () => {
    const deep = JSON.parse('{"type":'.repeat(40) + '1' + '}'.repeat(40)) as unknown
    const hostile = [
      { blocks: { '<script>alert(1)</script>': 1, constructor: 2, ['__proto__']: 3 } },
      { type: '\u0000\ud800 \u202e<img src=x onerror=alert(1)>', password: 'hunter2' },
      { entities: Array.from({ length: 50_000 }, (_, nth) => ({ type: `kind ${nth}`, api_key: 'hunter2' })) },
      deep,
      { position: { x: 1e308, z: -1e308 }, radius: -5 },
      'text alone: hunter2',
      ['hunter2'],
    ]
    send(
      hostile.map((input, at) => ({
        session_id: 'hostile-1',
        tool: '<b>tool</b>',
        step: at + 1,
        input,
        result: input,
      })),
    )
    const rows = await whenStored('hostile-1', hostile.length)
    const text = JSON.stringify(rows)
    expect(text).not.toContain('hunter2')
    for (const { input } of rows) expect(JSON.stringify(input ?? null).length).toBeLessThanOrEqual(17_000)
  })
})
