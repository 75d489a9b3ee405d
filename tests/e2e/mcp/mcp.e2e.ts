// The MCP server as clients of others see it: the SDK's own clients of both lines, over HTTP and over stdio.
import path from 'node:path'
import * as modern from '@modelcontextprotocol/client'
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const SERVER = path.join(ROOT, 'dist', 'agent', 'mcp-stdio', 'main.js')

let overlord: TestOverlord
let plugin: TestPlugin
/** Sends a frame of hers. */
const moved = () =>
  plugin.send({
    type: 'telemetry',
    character_name: 'Aluvia',
    timestamp: new Date().toISOString(),
    session_id: 'one',
    ew: 33.6,
    ns: 42.1,
    kills: 12,
    kills_per_hour: '60',
    vt_state: 'combat',
  })
beforeAll(async () => {
  overlord = await startOverlord({ env: { AGENT: 'off' } })
  plugin = await overlord.plugin('Aluvia')
  moved()
  await until('she is online', async () => {
    const { data } = await overlord.graph<{ characters: { totalCount: number } }>(
      '{ characters(where: { live: true }) { totalCount } }',
    )
    return data.characters.totalCount === 1
  })
})
afterAll(async () => {
  await plugin[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

interface AnyClient {
  listTools(): Promise<{ tools: { name: string; inputSchema: object; outputSchema?: object | undefined }[] }>
  callTool(called: { name: string; arguments: Record<string, unknown> }): Promise<{
    content?: unknown
    structuredContent?: unknown
    isError?: unknown
  }>
  close(): Promise<void>
}

const url = () => new URL(`${overlord.url}/mcp`)
const bearer = () => ({ requestInit: { headers: { authorization: `Bearer ${overlord.token}` } } })
const env = () => ({ PATH: process.env['PATH']!, GATEWAY_URL: `${overlord.url}/graphql`, MCP_TOKEN: overlord.token })
const command = () => ({ command: process.execPath, args: [SERVER], env: env(), stderr: 'ignore' as const })

const old = async (transport: Transport): Promise<AnyClient> => {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  return client as AnyClient
}
const recent = async (transport: modern.Transport): Promise<AnyClient> => {
  const client = new modern.Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  )
  await client.connect(transport)
  return client as AnyClient
}
const clients: [string, () => Promise<AnyClient>][] = [
  ['of 2025 over HTTP', () => old(new StreamableHTTPClientTransport(url(), bearer()) as Transport)],
  ['of 2026 over HTTP', () => recent(new modern.StreamableHTTPClientTransport(url(), bearer()))],
  ['of 2025 over stdio', () => old(new StdioClientTransport(command()))],
  ['of 2026 over stdio', () => recent(new ModernStdio(command()))],
]

describe.each(clients)('a client %s', (_, connect) => {
  let client: AnyClient
  beforeAll(async () => {
    client = await connect()
  })
  afterAll(() => client.close())

  it('lists the tools, whole, in less than 6,000 estimated tokens', async () => {
    const listed = await client.listTools()
    expect(listed.tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['get_live_players', 'get_player_state', 'search_items', 'suitbuilder_search']),
    )
    for (const tool of listed.tools) {
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(tool.outputSchema).toBeDefined()
    }
    expect(JSON.stringify(listed).length / 4).toBeLessThan(6_000)
  })

  it('calls a tool: rows as text and as structured content alike, with links', async () => {
    const { content, structuredContent } = await client.callTool({ name: 'get_live_players', arguments: {} })
    const [text, link] = content as { type: string; text?: string; uri?: string }[]
    expect(JSON.parse(text!.text!)).toEqual(structuredContent)
    expect(structuredContent).toMatchObject({
      total: 1,
      truncated: false,
      nextCursor: null,
      rows: [{ name: 'Aluvia', ew: 33.6, ns: 42.1, state: 'combat' }],
    })
    expect(link).toMatchObject({ type: 'resource_link', uri: 'overlord://character/Aluvia' })
  })

  it('calls every tool, which answers as its schema says', async () => {
    const required: Record<string, Record<string, unknown>> = {
      get_player_state: { name: 'Aluvia' },
      get_history: { name: 'Aluvia' },
      get_combat_stats: { name: 'Aluvia' },
      get_equipment_cantrips: { name: 'Aluvia' },
      get_inventory: { character: 'Aluvia' },
      get_inventory_search: { character: 'Aluvia', text: 'Helm' },
      suitbuilder_search: { server: 'Coldeve', seconds: 1 },
      get_upgrade_advice: { character: 'Aluvia', seconds: 1 },
      watch_events: { seconds: 1 },
      query_telemetry_db: { statement: 'select character from characters' },
    }
    for (const { name } of (await client.listTools()).tools) {
      const { isError, content, structuredContent } = await client.callTool({ name, arguments: required[name] ?? {} })
      const [{ text }] = content as [{ text: string }]
      if (isError)
        expect(`${name}: ${text}`).toBe('get_upgrade_advice: No items are known of these characters. (NOT_FOUND)')
      else expect(structuredContent, name).toHaveProperty('rows')
    }
  })

  it('waits for events, and gets those that happen meanwhile', async () => {
    const watching = client.callTool({ name: 'watch_events', arguments: { seconds: 30, count: 1, kinds: ['RARE'] } })
    const found = setInterval(
      () =>
        plugin.send({
          type: 'rare',
          character_name: 'Aluvia',
          name: 'Hieroglyph',
          timestamp: new Date().toISOString(),
        }),
      500, // the stream may not be open yet
    )
    const { structuredContent } = await watching
    clearInterval(found)
    expect(structuredContent).toMatchObject({ rows: [{ kind: 'RARE', character: 'Aluvia' }], total: 1 })
    expect(JSON.stringify(structuredContent)).toContain('Hieroglyph')
  })

  it('reads views by SQL, and is refused tables with what it may read', async () => {
    const sql = (statement: string) => client.callTool({ name: 'query_telemetry_db', arguments: { statement } })
    expect(
      (await sql('select character, max(kills) as kills from telemetry group by 1')).structuredContent,
    ).toMatchObject({
      rows: [{ character: 'Aluvia', kills: 12 }],
      truncated: false,
    })
    const { isError, content } = await sql('select * from users')
    expect(isError).toBe(true)
    expect((content as { text: string }[])[0]!.text).toMatch(/There is no view users\..*characters, telemetry/)
  })

  it('is refused an argument that a tool does not know, by its name', async () => {
    const { isError, content } = await client
      .callTool({ name: 'get_live_players', arguments: { sql: 'select 1' } })
      .catch((error: Error) => ({ isError: true, content: [{ text: error.message }] }))
    expect(isError).toBe(true)
    expect((content as { text: string }[])[0]!.text).toContain('sql')
  })
})

describe.each(clients.map(([name, connect]) => [name, connect] as const))(
  'resources for a client %s',
  (name, connect) => {
    interface Resources extends AnyClient {
      listResources(): Promise<{ resources: { uri: string; name: string }[] }>
      readResource(read: { uri: string }): Promise<{ contents: { text?: string }[] }>
      listPrompts(): Promise<{ prompts: { name: string }[] }>
      getPrompt(asked: { name: string; arguments?: Record<string, string> }): Promise<{ messages: unknown[] }>
    }
    let client: Resources
    beforeAll(async () => {
      client = (await connect()) as Resources
    })
    afterAll(() => client.close())

    it('are the live characters, read as JSON; an unknown one is an error', async () => {
      const { resources } = await client.listResources()
      expect(resources).toEqual([expect.objectContaining({ uri: 'overlord://character/Aluvia', name: 'Aluvia' })])
      const { contents } = await client.readResource({ uri: resources[0]!.uri })
      expect(JSON.parse(contents[0]!.text!)).toMatchObject({ name: 'Aluvia', live: true, telemetry: { ew: 33.6 } })
      await expect(client.readResource({ uri: 'overlord://character/Nobody' })).rejects.toThrow(/not found/i)
    })

    it('come with prompts', async () => {
      const { prompts } = await client.listPrompts()
      expect(prompts.map((prompt) => prompt.name)).toContain('character_report')
      const { messages } = await client.getPrompt({ name: 'character_report', arguments: { name: 'Aluvia' } })
      expect(JSON.stringify(messages)).toContain('Aluvia')
    })

    it('notify who subscribed when a character changed', async () => {
      const updated: string[] = []
      const uri = 'overlord://character/Aluvia'
      const note = ({ params }: { params: { uri: string } }) => void updated.push(params.uri)
      if (name.includes('2026')) {
        const own = client as unknown as modern.Client
        own.setNotificationHandler('notifications/resources/updated', note)
        await own.listen({ resourceSubscriptions: [uri] })
      } else {
        const own = client as unknown as Client
        own.setNotificationHandler(ResourceUpdatedNotificationSchema, note)
        await own.subscribeResource({ uri })
      }
      await until('it is notified', () => {
        moved()
        return Promise.resolve(updated.includes(uri))
      })
    })
  },
)

describe('/mcp', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
  }
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(url(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${overlord.token}`,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it.each([
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer ovl_svc_wrong' }, 401],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['no JSON', { 'content-type': 'text/plain' }, 415],
  ])('answers %s with %s', async (_, headers, status) => {
    const response = await post(initialize, headers)
    expect(response.status).toBe(status)
    if (status === 401)
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*resource_metadata="http.*oauth-protected/)
  })

  it('says where it is and how to show a token, as RFC 9728 has it', async () => {
    const metadata = (await (await fetch(`${overlord.url}/.well-known/oauth-protected-resource/mcp`)).json()) as object
    expect(metadata).toMatchObject({ resource: `${overlord.url}/mcp`, bearer_methods_supported: ['header'] })
  })

  it('answers an unknown session with 404, one of another principal too, and a body not JSON with -32700', async () => {
    const id = (await post(initialize)).headers.get('mcp-session-id')!
    expect(id).toBeTruthy()
    const ping = { jsonrpc: '2.0', id: 2, method: 'ping' }
    expect((await post(ping, { 'mcp-session-id': id })).status).toBe(200)
    expect((await post(ping, { 'mcp-session-id': 'gone' })).status).toBe(404)
    const other = await overlord.graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "another" }) { secret } }',
    )
    const authorization = `Bearer ${other.data.createToken.secret}`
    expect((await post(ping, { 'mcp-session-id': id, authorization })).status).toBe(404)
    const bad = await post('{"jsonrpc":')
    expect(bad.status).toBe(400)
    expect(await bad.json()).toMatchObject({ error: { code: -32700 } })
  })

  it('refuses a body that is too large', async () => {
    expect((await post({ ...initialize, padding: 'x'.repeat(300_000) })).status).toBe(413)
  })
})

describe('the MCP server over stdio', () => {
  it('says what it needs when it has no token', async () => {
    const { spawnSync } = await import('node:child_process')
    const { status, stderr, stdout } = spawnSync(process.execPath, [SERVER], { env: {}, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('MCP_TOKEN')
  })
})

describe('admins see in mcpCalls', () => {
  interface Call {
    actorKind: string
    transport: string
    tool: string
    arguments: Record<string, unknown>
    client: string | null
    rowCount: number | null
    outcome: string
  }
  const callsSince = async (since: Date) => {
    const { data } = await overlord.graph<{ mcpCalls: { nodes: Call[] } }>(
      `query ($since: DateTime!) { mcpCalls(where: { since: $since }) {
        nodes { actorKind transport tool arguments client rowCount outcome }
      } }`,
      { since: since.toISOString() },
    )
    return data.mcpCalls.nodes
  }

  it.each(clients)('what a client %s called, and what was refused', async (kind, connect) => {
    const client = await connect()
    const since = new Date()
    await client.callTool({ name: 'get_player_state', arguments: { name: 'Aluvia' } })
    await client.callTool({ name: 'get_player_state', arguments: { nam: 'Aluvia' } })
    await client.callTool({ name: 'watch_events', arguments: { seconds: 1 } })
    await client.close()
    const isHttp = kind.includes('HTTP')
    await until('all are stored', async () => (await callsSince(since)).length >= (isHttp ? 3 : 2))
    const calls = await callsSince(since)
    const shown = calls.map(({ tool, outcome }) => `${tool} ${outcome}`)
    const refused = isHttp ? ['get_player_state BAD_USER_INPUT'] : []
    expect(shown.sort()).toEqual(['get_player_state OK', ...refused, 'watch_events OK'].sort())
    expect(calls.find(({ tool, outcome }) => tool === 'get_player_state' && outcome === 'OK')).toEqual({
      actorKind: 'TOKEN',
      transport: isHttp ? 'HTTP' : 'STDIO',
      tool: 'get_player_state',
      arguments: { name: 'Aluvia' },
      client: 'test',
      rowCount: isHttp ? 1 : null,
      outcome: 'OK',
    })
  })
})
