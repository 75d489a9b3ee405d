// The tools as an MCP server. A tool asks the graph with the identity of its caller.
import { McpServer } from '@modelcontextprotocol/server'
import { newTrace } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { GraphClient } from '../graph/client.ts'
import { GraphFault } from '../graph/fault.ts'
import type { Rows, Tool } from './tool.ts'

/** The largest result, in characters of JSON; rows beyond it are left out. */
const LONGEST = 49_152
const DEADLINE_MS = 25_000

export interface McpServerOptions {
  tools: readonly Tool[]
  graph: Pick<GraphClient, 'ask'>
  /** The caller's credential. */
  token: string
  log: Log
}

/** A server for one caller. Every call ends in a result or an error, after 25 seconds at the latest. */
export function createMcpServer({ tools, graph, token, log }: McpServerOptions): McpServer {
  const server = new McpServer(
    { name: 'overlord', version: '0.1.0' },
    { instructions: 'Reads the live state of a guild’s game worlds. Every tool only reads.' },
  )
  for (const tool of tools)
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input,
        outputSchema: tool.output,
        annotations: { title: tool.title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
      },
      async (input, { mcpReq }) => {
        const signal = AbortSignal.any([mcpReq.signal, AbortSignal.timeout(DEADLINE_MS)])
        try {
          const variables = tool.variables(input as never, new Date())
          const data = await graph.ask(tool.document, variables, { token, signal })
          const found = capped(tool.rows(data as never, input as never))
          return { content: [{ type: 'text', text: JSON.stringify(found) }], structuredContent: { ...found } }
        } catch (error) {
          return { content: [{ type: 'text', text: failureText(error, tool.name, log) }], isError: true }
        }
      },
    )
  return server
}

/** The same with fewer rows where they are too many to be sent. */
function capped(found: Rows<unknown>): Rows<unknown> {
  let left = LONGEST
  const most = found.rows.findIndex((row) => (left -= JSON.stringify(row).length + 1) < 0)
  return most < 0 ? found : { ...found, rows: found.rows.slice(0, most), truncated: true }
}

/** The message a caller gets for a failure: what the graph says to people, and nothing of what went wrong inside. */
function failureText(error: unknown, tool: string, log: Log): string {
  if (error instanceof GraphFault && error.code !== 'INTERNAL_SERVER_ERROR') return `${error.message} (${error.code})`
  if (error instanceof Error && error.name === 'TimeoutError')
    return `The tool took longer than ${DEADLINE_MS / 1000} seconds. (TOO_SLOW)`
  if (error instanceof Error && error.name === 'AbortError') return 'The call was stopped. (STOPPED)'
  const trace = (error instanceof GraphFault && error.trace) || newTrace()
  log.error({ error, tool, trace }, 'a tool failed')
  return `The tool failed. An admin finds more in the log under the trace ${trace}. (INTERNAL_SERVER_ERROR)`
}
