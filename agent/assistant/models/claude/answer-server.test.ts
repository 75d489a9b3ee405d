import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../shared/testing/until.ts'
import type { ToolCaller, ToolResult } from '../../../mcp/in-process.ts'
import type { Persona } from '../../personas/persona.ts'
import { modelTools } from '../model-tools.ts'
import { MAX_CALLS } from '../with-fallback.ts'
import { serveAnswer, type AnswerServer } from './answer-server.ts'

const persona: Persona = { name: 'tester', prompt: '', tools: ['roll', 'hold', 'error'] }
const toolOf = (name: string) => ({ name, title: name, description: `Does ${name}.`, inputSchema: {} })

/** Tools of an answer: `hold` ends when it is stopped alone. */
function toolsOfAnswer() {
  const called: { name: string; input: unknown }[] = []
  const stopped: string[] = []
  const caller: ToolCaller = {
    tools: ['roll', 'hold', 'error', 'fetch_page'].map(toolOf),
    async call(name, input, signal): Promise<ToolResult> {
      called.push({ name, input })
      if (name === 'error') return { ok: false, content: null, error: 'No such character.' }
      if (name === 'hold')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      if (signal.aborted) stopped.push(name)
      return { ok: true, content: { name, dice: [1, 2] }, error: null }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  return { called, stopped, tools: modelTools(persona, { tools: caller }) }
}

async function clientOf({ url, credential }: Pick<AnswerServer, 'url' | 'credential'>): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const requestInit = { headers: { Authorization: `Bearer ${credential}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }) as Transport)
  return client
}
const textIn = (result: object) => (result as { content: { text: string }[] }).content[0]!.text

describe('the MCP server of one answer', () => {
  it('[TAB85] has the tools of the answer, and nothing else', async () => {
    const { tools, called } = toolsOfAnswer()
    await using server = await serveAnswer(tools, new AbortController().signal)
    const client = await clientOf(server)
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['roll', 'hold', 'error'])
    expect(client.getServerCapabilities()).toEqual({ tools: {} })
    expect(await client.callTool({ name: 'fetch_page', arguments: {} })).toMatchObject({ isError: true })
    expect(called).toEqual([])
    for (const name of ['roll', 'error']) server.onAnnounced(name)
    const rolled = await client.callTool({ name: 'roll', arguments: { dice: 2 } })
    expect(JSON.parse(textIn(rolled))).toEqual({ name: 'roll', dice: [1, 2] })
    const refused = await client.callTool({ name: 'error', arguments: {} })
    expect([refused.isError, textIn(refused)]).toEqual([true, '{"error":"No such character."}'])
    expect(called).toEqual([
      { name: 'roll', input: { dice: 2 } },
      { name: 'error', input: {} },
    ])
    await client.close()
  })

  it('[TAB85] refuses the credential of another answer, and its own after the end', async () => {
    const first = await serveAnswer(toolsOfAnswer().tools, new AbortController().signal)
    await using second = await serveAnswer(toolsOfAnswer().tools, new AbortController().signal)
    await expect(clientOf({ url: second.url, credential: first.credential })).rejects.toThrow()
    const ask = (url: string, headers: HeadersInit) => fetch(url, { method: 'POST', headers })
    expect((await ask(second.url, { Authorization: `Bearer ${first.credential}` })).status).toBe(401)
    expect((await ask(second.url, {})).status).toBe(401)
    await first[Symbol.asyncDispose]()
    await expect(ask(first.url, { Authorization: `Bearer ${first.credential}` })).rejects.toThrow('fetch failed')
  })

  it('[TAB85] ends when the answer is stopped, and stops the calls under way', async () => {
    const { tools, called, stopped } = toolsOfAnswer()
    const stop = new AbortController()
    await using server = await serveAnswer(tools, stop.signal)
    const client = await clientOf(server)
    server.onAnnounced('hold')
    const call = client.callTool({ name: 'hold', arguments: {} }).catch(() => 'ended')
    await until('it is called', () => Promise.resolve(called.length === 1))
    stop.abort()
    await until('it is stopped', () => Promise.resolve(stopped.length === 1))
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
    await client.close()
    expect(await call).toBe('ended')
  })

  it('a call waits until what was printed before it is passed on', async () => {
    const { tools, called } = toolsOfAnswer()
    await using server = await serveAnswer(tools, new AbortController().signal)
    const client = await clientOf(server)
    const seen: string[] = []
    const call = client.callTool({ name: 'roll', arguments: {} })
    await client.ping()
    seen.push(...called.map(({ name }) => name), 'announced')
    server.onAnnounced('roll')
    await call
    expect([...seen, ...called.map(({ name }) => name)]).toEqual(['announced', 'roll'])
    await client.close()
  })

  it('[TAB85] calls tools a limited number of times', async () => {
    const { tools, called } = toolsOfAnswer()
    await using server = await serveAnswer(tools, new AbortController().signal)
    const client = await clientOf(server)
    for (let n = 0; n <= MAX_CALLS; n++) {
      server.onAnnounced('roll')
      const result = await client.callTool({ name: 'roll', arguments: {} })
      if (n === MAX_CALLS) expect(textIn(result)).toBe('{"error":"Too many calls."}')
    }
    expect(called).toHaveLength(MAX_CALLS)
    await client.close()
  })
})
