import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { GraphFault } from '../graph/fault.ts'
import { connectTools, type ToolCaller } from './in-process.ts'
import { tools } from './tools/tools.ts'

const log = pino({ level: 'silent' })
const signal = new AbortController().signal
/** The tools over a graph that answers so. */
let caller: ToolCaller
const connect = async (ask: (document: unknown, variables: unknown, options?: object) => unknown) => {
  const graph = { ask: (...asked: [unknown, unknown, object?]) => Promise.resolve().then(() => ask(...asked)) }
  return (caller = await connectTools({ tools, graph: graph as never, token: 'ovl_act_x', log }))
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
      return { rares: { totalCount: 3, nodes: [rare(1)] } }
    })
    const { ok, content } = await call('get_recent_rares', { hours: 2, character: 'Larsson', limit: 1 }, signal)
    expect(ok).toBe(true)
    expect(content).toEqual({
      rows: [{ name: 'Pearl 1', tier: 'GREAT', character: 'Larsson', at: '2026-06-01T12:00:00.000Z', ew: 1, ns: 2 }],
      total: 3,
      truncated: true,
    })
    expect(seen).toMatchObject({ token: 'ovl_act_x', variables: { characters: ['Larsson'], first: 1 } })
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

  it('end in an error when they are stopped, or are not there', async () => {
    const stop = new AbortController()
    const { call } = await connect(() => {
      stop.abort()
      return new Promise(() => undefined)
    })
    expect(await call('get_live_players', {}, stop.signal)).toMatchObject({ ok: false, content: null })
    expect(await call('drop_everything', {}, signal)).toMatchObject({ ok: false, content: null })
  })

  it('leave out rows that are too many to be sent, and say so', async () => {
    const nodes = Array.from({ length: 200 }, (_, n) => rare(n, 'x'.repeat(500)))
    const { call } = await connect(() => ({ rares: { totalCount: 200, nodes } }))
    const { content } = await call('get_recent_rares', { limit: 200 }, signal)
    expect(JSON.stringify(content).length).toBeLessThan(65_536)
    expect((content!['rows'] as unknown[]).length).toBeLessThan(200)
    expect(content).toMatchObject({ total: 200, truncated: true })
  })
})
