import { beforeAll, describe, expect, it } from 'vitest'
import { storeCalls, type CallByViewer } from '../../../shared/auth/mcp-calls.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const LIST = `query ($where: McpCallWhere, $first: Int, $after: String) {
  mcpCalls(where: $where, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage }
    nodes { actor actorKind transport tool arguments client rowCount durationMs outcome trace at }
  }
}`
interface Answer {
  mcpCalls: {
    totalCount: number
    pageInfo: { endCursor: string; hasNextPage: boolean }
    nodes: { tool: string; actor: string }[]
  }
}
const at = new Date('2026-06-01T12:00:00.000Z')
const aCall = (tool: string, fields: Partial<CallByViewer> = {}): CallByViewer => ({
  viewer: { kind: 'token', id: '1', name: 'Bot' },
  at,
  transport: 'HTTP',
  tool,
  input: { limit: 5 },
  client: 'editor',
  rows: 5,
  ms: 7,
  outcome: 'OK',
  trace: 'abc',
  ...fields,
})

let admin: Viewer
beforeAll(async () => {
  admin = await guild.person('An Admin', 'admin')
  await storeCalls(guild.pool, [
    aCall('a'),
    aCall('b', { outcome: 'FORBIDDEN', client: null }),
    aCall('c', { transport: 'STDIO', rows: null, trace: null, at: new Date('2026-06-02T12:00:00.000Z') }),
    aCall('d', { viewer: { kind: 'user', id: '2', name: 'Asker', only: 'read' } }),
  ])
})
const list = async (where: object = {}, page: object = {}) =>
  (await guild.ask<Answer>(admin, LIST, { where, ...page })).data.mcpCalls
const tools = async (where: object) => (await list(where)).nodes.map(({ tool }) => tool)

describe('calls of MCP tools', () => {
  it('are listed with who called what, and how it ended', async () => {
    expect((await list()).nodes.at(-1)).toEqual({
      actor: 'Bot',
      actorKind: 'TOKEN',
      transport: 'HTTP',
      tool: 'a',
      arguments: { limit: 5 },
      client: 'editor',
      rowCount: 5,
      durationMs: 7,
      outcome: 'OK',
      trace: 'abc',
      at: at.toISOString(),
    })
    expect((await list()).nodes[0]).toMatchObject({ actor: 'Asker', actorKind: 'USER', arguments: null })
  })

  it.each([
    [{}, ['d', 'c', 'b', 'a']],
    [{ tools: ['a', 'c'] }, ['c', 'a']],
    [{ actor: 'bot' }, ['c', 'b', 'a']],
    [{ client: 'editor', actor: 'Bot' }, ['c', 'a']],
    [{ transport: 'STDIO' }, ['c']],
    [{ succeeded: false }, ['b']],
    [{ since: '2026-06-02T00:00:00Z' }, ['c']],
    [{ until: '2026-06-02T00:00:00Z', succeeded: true }, ['d', 'a']],
  ])('where %j', async (where, wanted) => {
    expect(await tools(where)).toEqual(wanted)
  })

  it('are read page by page', async () => {
    const first = await list({}, { first: 3 })
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } })
    const rest = await list({}, { first: 3, after: first.pageInfo.endCursor })
    expect(rest).toMatchObject({ nodes: [{ tool: 'a' }], pageInfo: { hasNextPage: false } })
  })

  it('are for admins', async () => {
    expect((await guild.ask(await guild.person('an operator', 'operator'), LIST)).code).toBe('FORBIDDEN')
    expect((await guild.ask(aToken('a bot'), LIST)).code).toBe('FORBIDDEN')
    expect((await guild.ask(aToken('an admin bot', 'admin'), LIST)).code).toBeNull()
  })
})
