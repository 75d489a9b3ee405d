// The tools of one answer as an MCP server on this machine, for a program that calls tools from a process of its own.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, Server, type CallToolResult } from '@modelcontextprotocol/server'
import { textOf, type ModelTools } from '../model-tools.ts'
import type { ServedTools } from './claude-process.ts'

/** Arguments of a tool are a few hundred bytes. */
const MAX_REQUEST_BYTES = 256 * 1024
const MAX_CONNECTIONS = 16
/** A call waits so long for its announcement, in milliseconds; a program that makes none is served then. */
const ANNOUNCED_MS = 1_000

export interface AnswerServer extends ServedTools, AsyncDisposable {
  /** Lets a call run: what was printed before it is passed on. */
  onAnnounced(name: string): void
}

/**
 * Serves the tools of one answer on an address of this machine, to the holder of a random credential. Both end with
 * the answer: when it is stopped by `signal`, and when this is disposed of. Calls under way are stopped then.
 */
export async function serveAnswer(tools: ModelTools, signal: AbortSignal): Promise<AnswerServer> {
  const credential = randomBytes(32).toString('base64url')
  const over = new AbortController()
  const announced = announcements(over.signal)
  const handler = createMcpHandler(() => mcpServer(tools, announced.wait, over.signal))
  const answer = toNodeHandler(handler, { maxRequestBodySize: MAX_REQUEST_BYTES })
  const server = http.createServer((request, response) => {
    if (over.signal.aborted || !isBearer(request.headers.authorization, credential))
      return void response.writeHead(401, { connection: 'close' }).end()
    void answer(request, response)
  })
  server.maxConnections = MAX_CONNECTIONS
  const stop = () => {
    over.abort()
    server.close()
    server.closeAllConnections()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo | null)?.port ?? 0}/mcp`,
    credential,
    names: tools.tools.map(({ name }) => name),
    onAnnounced: announced.add,
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop)
      stop()
      await handler.close()
    },
  }
}

function isBearer(given: string | undefined, credential: string): boolean {
  const [ours, theirs] = [Buffer.from(`Bearer ${credential}`), Buffer.from(given ?? '')]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

/** A server for one request: the tools as they are. The graph checks their arguments. */
function mcpServer({ tools, call }: ModelTools, announced: (name: string) => Promise<void>, over: AbortSignal): Server {
  const server = new Server({ name: 'overlord', version: '0.1.0' }, { capabilities: { tools: {} } })
  server.setRequestHandler('tools/list', () => ({
    tools: tools.map(({ name, title, description, inputSchema }) => ({
      ...{ name, title, description },
      inputSchema: { ...inputSchema, type: 'object' as const },
    })),
  }))
  server.setRequestHandler('tools/call', async ({ params }, { mcpReq }): Promise<CallToolResult> => {
    if (tools.some(({ name }) => name === params.name)) await announced(params.name)
    const signal = AbortSignal.any([mcpReq.signal, over])
    const result = await call(params.name, params.arguments ?? {}, signal)
    return { content: [{ type: 'text', text: textOf(result) }], isError: !result.ok }
  })
  return server
}

/**
 * Calls that the program has announced on its output and not made yet. A call may arrive before its announcement is
 * read; it waits, so that narration before it is stored before it.
 */
function announcements(over: AbortSignal) {
  const events = new EventEmitter().setMaxListeners(0)
  const open = new Map<string, number>()
  return {
    add(name: string) {
      open.set(name, (open.get(name) ?? 0) + 1)
      events.emit(`call ${name}`)
    },
    async wait(name: string) {
      const late = AbortSignal.any([over, AbortSignal.timeout(ANNOUNCED_MS)])
      while (!open.get(name) && !late.aborted)
        await once(events, `call ${name}`, { signal: late }).catch(() => undefined) // too late
      open.set(name, Math.max(0, (open.get(name) ?? 0) - 1))
    },
  }
}
