// The tools for those who write queries of their own, as far as settings and roles let them.
import path from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'

const SERVER = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'agent', 'mcp-stdio', 'main.js')
const NAMES = ['search_schema', 'validate_document', 'execute_document']

let overlord: TestOverlord
let adminToken: string
beforeAll(async () => {
  overlord = await startOverlord({ env: { AGENT: 'off', MCP_SCHEMA_TOOLS: '1' } })
  const { data } = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "admin", scopes: [ADMIN] }) { secret } }',
  )
  adminToken = data.createToken.secret
})
afterAll(() => overlord[Symbol.asyncDispose]())

async function connected(transport: unknown): Promise<Client & AsyncDisposable> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport as Transport)
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() })
}
const overHttp = (to: TestOverlord, token: string) =>
  connected(
    new StreamableHTTPClientTransport(new URL(`${to.url}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  )
const overStdio = (to: TestOverlord, token: string) =>
  connected(
    new StdioClientTransport({
      command: process.execPath,
      args: [SERVER],
      env: { GATEWAY_URL: `${to.url}/graphql`, MCP_TOKEN: token, MCP_SCHEMA_TOOLS: '1' },
      stderr: 'ignore',
    }),
  )

async function call(client: Client, name: string, args: Record<string, unknown>) {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args })
  const rows = (structuredContent as { rows?: Record<string, unknown>[] } | undefined)?.rows ?? []
  return { rows, isError: isError === true, text: (content as { text: string }[])[0]!.text }
}

describe.each([
  ['HTTP', overHttp],
  ['stdio', overStdio],
] as const)('over %s', (_, connect) => {
  it('a client finds a field, checks a query and runs it', async () => {
    await using client = await connect(overlord, overlord.token)
    const listed = await client.listTools()
    expect(listed.tools.map(({ name }) => name)).toEqual(expect.arrayContaining(NAMES))
    console.log('tokens of tools/list with the schema tools:', Math.round(JSON.stringify(listed).length / 4))
    const found = await call(client, 'search_schema', { text: 'query rares' })
    expect(found.isError, found.text).toBe(false)
    expect(found.rows[0]).toMatchObject({
      name: 'Query.rares',
      signature: expect.stringMatching(/^rares\(.*first/) as string,
    })
    const wrong = await call(client, 'validate_document', { document: '{ raress { totalCount } }' })
    expect(wrong.rows[0]).toMatchObject({ line: 1, column: 3, message: expect.stringContaining('"rares"') as string })
    const right = '{ rares(first: 1) { totalCount } }'
    expect((await call(client, 'validate_document', { document: right })).rows).toEqual([])
    expect((await call(client, 'execute_document', { document: right })).rows).toEqual([
      { data: { rares: { totalCount: 0 } } },
    ])
  })

  it('it is refused what changes or streams, what costs too much, and what is no query', async () => {
    await using client = await connect(overlord, adminToken)
    const refusal = async (document: string) => (await call(client, 'execute_document', { document })).text
    expect(await refusal('mutation { createToken(input: { name: "x" }) { secret } }')).toContain('no mutation')
    expect(
      await refusal('query A { me { name } } mutation B { createToken(input: { name: "x" }) { secret } }'),
    ).toContain('no mutation')
    expect(await refusal('subscription { rareFound { id } }')).toContain('no subscription')
    expect(await refusal('{ me { name }')).toContain('Syntax Error')
    expect(await refusal(`{ me${'{a'.repeat(3_000)}`)).toContain('nested deeper than 200 brackets')
    const all = 'id name tag firstSeenAt lastSeenAt telemetry { receivedAt ew ns kills } vitals { health stamina mana }'
    const dear = Array.from({ length: 90 }, (_, n) => `a${n}: characters(first: 500) { nodes { ${all} } }`)
    expect(await refusal(`{ ${dear.join(' ')} }`)).toContain('at most 250,000 are served')
  })

  it('it sees the fields of its role, and no others even in suggestions', async () => {
    await using reader = await connect(overlord, overlord.token)
    await using admin = await connect(overlord, adminToken)
    const names = async (client: Client, text: string) =>
      (await call(client, 'search_schema', { text, limit: 100 })).rows.map(({ name }) => name)
    expect(await names(admin, 'query audit')).toContain('Query.audit')
    expect(await names(reader, 'query audit')).not.toContain('Query.audit')
    expect(await names(reader, 'AuditEntry')).toEqual([])
    expect(await names(admin, 'createToken')).toEqual([])
    const { text } = await call(reader, 'validate_document', { document: '{ audits { totalCount } }' })
    expect(text).toContain('Cannot query field')
    expect(text).not.toContain('\\"audit\\"')
    expect((await call(reader, 'execute_document', { document: '{ audit(first: 1) { totalCount } }' })).isError).toBe(
      true,
    )
  })
})

it('they are not there unless they are switched on, and obey INTROSPECTION and FREE_DOCUMENTS', async () => {
  await using plain = await startOverlord({ env: { AGENT: 'off' } })
  await using none = await overHttp(plain, plain.token)
  const { tools } = await none.listTools()
  expect(tools.filter(({ name }) => NAMES.includes(name))).toEqual([])
  await using closed = await startOverlord({
    env: { AGENT: 'off', MCP_SCHEMA_TOOLS: '1', INTROSPECTION: 'admin', FREE_DOCUMENTS: 'admin' },
  })
  await using client = await overHttp(closed, closed.token)
  expect((await call(client, 'search_schema', { text: 'rares' })).isError).toBe(true)
  expect((await call(client, 'validate_document', { document: '{ me { name } }' })).isError).toBe(true)
  const { isError, text } = await call(client, 'execute_document', { document: '{ rares(first: 1) { totalCount } }' })
  expect([isError, text]).toEqual([true, expect.stringContaining('documents of our own pages')])
})
