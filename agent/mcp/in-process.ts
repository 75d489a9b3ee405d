// An MCP client and a server of the tools in the same process, for one caller.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { InMemoryTransport } from '@modelcontextprotocol/server'
import { createMcpServer, type McpServerOptions } from './server.ts'

/** Longer than the deadline of a tool, which answers before. */
const TIMEOUT_MS = 30_000

export interface ToolResult {
  ok: boolean
  /** What the tool gave; null when it failed. */
  content: Record<string, unknown> | null
  /** Why it failed; null when it did not. */
  error: string | null
}

/** A tool as a model sees it. */
export interface KnownTool {
  name: string
  title: string
  description: string
  /** A JSON Schema. */
  inputSchema: Record<string, unknown>
}

export interface ToolCaller extends AsyncDisposable {
  tools: readonly KnownTool[]
  /** Calls a tool. Never throws: a failure is a result too. */
  call(name: string, input: Record<string, unknown>, signal: AbortSignal): Promise<ToolResult>
}

/** Connects a caller to the tools. */
export async function connectTools(options: McpServerOptions): Promise<ToolCaller> {
  const server = createMcpServer(options)
  const [ofServer, ofClient] = InMemoryTransport.createLinkedPair()
  await server.connect(ofServer)
  const client = new Client({ name: 'overlord-assistant', version: '0.1.0' })
  await client.connect(ofClient as unknown as Transport)
  return {
    tools: options.tools.map(({ name, title, description, input }) => ({
      name,
      title,
      description,
      inputSchema: input['~standard'].jsonSchema.input({ target: 'draft-2020-12' }),
    })),
    async call(name, input, signal) {
      try {
        const called = { name, arguments: input }
        const { content, structuredContent, isError } = await client.callTool(called, undefined, {
          signal,
          timeout: TIMEOUT_MS,
        })
        const text = (content as { text?: string }[])[0]?.text ?? ''
        return isError
          ? { ok: false, content: null, error: text }
          : { ok: true, content: (structuredContent ?? null) as ToolResult['content'], error: null }
      } catch (error) {
        if (signal.aborted) return { ok: false, content: null, error: 'The call was stopped. (STOPPED)' }
        options.log.error({ error, tool: name }, 'a tool could not be called')
        return { ok: false, content: null, error: 'The tool could not be called.' }
      }
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      await server.close()
    },
  }
}
