import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { GraphFault } from '../graph/fault.ts'
import { connectTools, type ToolCaller } from './in-process.ts'
import type { CallReport } from './server.ts'
import type { Rows } from './tool.ts'
import { graphOfToken } from './tool-graph.ts'
import { tools } from './tools/tools.ts'

const log = pino({ level: 'silent' })
const signal = new AbortController().signal
/** The tools over a graph that answers so. */
let caller: ToolCaller
const connect = async (ask: (document: unknown, variables: unknown, options?: object) => unknown) => {
  const graph = { ask: (...asked: [unknown, unknown, object?]) => Promise.resolve().then(() => ask(...asked)) }
  return (caller = await connectTools({ tools, graph: graphOfToken(graph as never, 'ovl_act_x'), log }))
}
afterEach(() => caller[Symbol.asyncDispose]())

const rare = (n: number, name = 'Pearl') => ({
  name: `${name} ${n}`,
  tier: 'GREAT',
  receivedAt: '2026-06-01T12:00:00.000Z',
  ew: 1,
  ns: 2,
  character: { name: 'Larsson' },
})

describe('tools', () => {
  it('ask the graph as the caller, and give rows as their schema says', async () => {
    let seen: unknown
    const { call } = await connect((_, variables, options) => {
      seen = { variables, token: (options as { token: string }).token }
      return { rares: { totalCount: 3, nodes: [rare(1)], pageInfo: { hasNextPage: true, endCursor: 'c1' } } }
    })
    const { ok, content } = await call('get_recent_rares', { hours: 2, character: 'Larsson', limit: 1 }, signal)
    expect(ok).toBe(true)
    expect(content).toEqual({
      rows: [{ name: 'Pearl 1', tier: 'GREAT', character: 'Larsson', at: '2026-06-01T12:00:00.000Z', ew: 1, ns: 2 }],
      total: 3,
      truncated: true,
      nextCursor: 'c1',
    })
    expect(seen).toMatchObject({
      token: 'ovl_act_x',
      variables: { where: { characters: ['Larsson'] }, first: 1, after: null },
    })
  })

  it.each([
    ['get_recent_rares', { hour: 2 }, '"hour"'],
    ['get_recent_rares', { hours: 0 }, 'hours'],
    ['get_live_players', { limit: 5, sql: 'x' }, '"sql"'],
    ['get_player_state', {}, 'name'],
  ])('%s refuses %j by name, before the graph is asked', async (name, input, named) => {
    const { call } = await connect(() => expect.fail('asked'))
    const { ok, error } = await call(name, input, signal)
    expect(ok).toBe(false)
    expect(error).toContain(named)
  })

  it('tell what the graph says to people, and nothing of what went wrong inside', async () => {
    let wrong: Error = new GraphFault('Only admins may do this.', 'FORBIDDEN', 't')
    const { call } = await connect(() => {
      throw wrong
    })
    expect((await call('get_live_players', {}, signal)).error).toBe('Only admins may do this. (FORBIDDEN)')
    for (wrong of [new Error('password=hunter2'), new GraphFault('password=hunter2', 'INTERNAL_SERVER_ERROR', 'abc')]) {
      const { ok, error } = await call('get_live_players', {}, signal)
      expect(ok).toBe(false)
      expect(error).not.toContain('hunter2')
      expect(error).toContain('trace')
    }
  })

  it('give rows of SQL as objects by column, and columns of one name each their own', async () => {
    const { call } = await connect((_, variables) => {
      expect(variables).toEqual({ statement: 'select 1', first: 100 })
      const columns = [{ name: 'kills' }, { name: 'sum' }, { name: 'sum' }]
      return { queryTelemetry: { columns, rows: [[1, '9007199254740993', null]], truncated: true, elapsedMs: 1 } }
    })
    expect((await call('query_telemetry_db', { statement: 'select 1' }, signal)).content).toEqual({
      rows: [{ kills: 1, sum: '9007199254740993', sum_2: null }],
      total: null,
      truncated: true,
      nextCursor: null,
    })
  })

  it('end in an error when they are stopped, or are not there', async () => {
    const stop = new AbortController()
    const { call } = await connect(() => {
      stop.abort()
      return new Promise(() => undefined)
    })
    expect(await call('get_live_players', {}, stop.signal)).toMatchObject({ ok: false, content: null })
    expect(await call('drop_everything', {}, signal)).toMatchObject({ ok: false, content: null })
  })

  it('are reported as stopped when their client cancels, whatever reason it gives', async () => {
    const stop = new AbortController()
    const failed: string[] = []
    const reported = new Promise<CallReport>((onCall) => {
      const ask = (_: unknown, __: unknown, options: { signal: AbortSignal }) =>
        new Promise((_, reject) => {
          options.signal.addEventListener('abort', () => reject(options.signal.reason as Error))
          stop.abort('no longer needed')
        })
      const errors = pino({ level: 'error' }, { write: (line: string) => void failed.push(line) })
      void connectTools({ tools, graph: graphOfToken({ ask } as never, 'ovl_act_x'), log: errors, onCall }).then(
        (connected) => (caller = connected).call('get_live_players', {}, stop.signal),
      )
    })
    expect(await reported).toMatchObject({ tool: 'get_live_players', outcome: 'STOPPED' })
    expect(failed).toEqual([])
  })

  it('leave out rows that are too many to be sent, say so, and continue after the last row sent', async () => {
    const nodes = Array.from({ length: 200 }, (_, n) => rare(n, 'x'.repeat(500)))
    const { call } = await connect((_, variables) => {
      const { first, after } = variables as { first: number; after: string | null }
      const begin = after === null ? 0 : Number(after)
      const pageInfo = { hasNextPage: begin + first < 200, endCursor: String(begin + first) }
      return { rares: { totalCount: 200, nodes: nodes.slice(begin, begin + first), pageInfo } }
    })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { content } = await call('get_recent_rares', { limit: 200, ...(cursor && { cursor }) }, signal)
      const { rows, total, truncated, nextCursor } = content as unknown as Rows<{ name: string }>
      expect(JSON.stringify(content).length).toBeLessThan(65_536)
      expect(rows.length).toBeLessThan(200)
      expect({ total, truncated }).toEqual({ total: 200, truncated: nextCursor !== null })
      seen.push(...rows.map(({ name }) => name))
      cursor = nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(nodes.map(({ name }) => name))
  })

  it('page through a list that an answer holds whole, and refuse a cursor of another tool', async () => {
    const nodes = Array.from({ length: 7 }, (_, n) => ({ name: `P${n}`, ew: 7 - n, ns: 0, z: 0, seenAt: 'x' }))
    const { call } = await connect(() => ({ portals: { nodes } }))
    const near = { ew: 0, ns: 0 }
    const pages = []
    let cursor: string | undefined
    do {
      const { content } = await call('get_portals', { near, limit: 3, ...(cursor && { cursor }) }, signal)
      const { rows, total, truncated, nextCursor } = content as unknown as Rows<{ name: string }>
      expect({ total, truncated }).toEqual({ total: 7, truncated: nextCursor !== null })
      pages.push(rows.map(({ name }) => name))
      cursor = nextCursor ?? undefined
    } while (cursor)
    expect(pages).toEqual([['P6', 'P5', 'P4'], ['P3', 'P2', 'P1'], ['P0']])
    expect((await call('get_portals', { cursor: 'YXJyYXk=' }, signal)).error).toMatch(/not one of this tool/)
  })
})
