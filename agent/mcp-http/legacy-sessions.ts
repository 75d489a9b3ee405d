// The revisions of 2025: a session from `initialize` on, and requests without one for clients that keep none.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import {
  isInitializeRequest,
  legacyStatelessFallback,
  WebStandardStreamableHTTPServerTransport,
  type McpServer,
} from '@modelcontextprotocol/server'
import type { Log } from '../../shared/log.ts'
import type { GraphCaller } from '../../shared/serve/graph-access.ts'
import { conflictIn, PendingCalls } from './pending-calls.ts'

const HEADER = 'mcp-session-id'
const MAX_SESSIONS = 1_000
const MAX_OF_PRINCIPAL = 250
/** A session without a request for so long ends; its client is answered 404 and begins another. */
const IDLE_MS = 30 * 60_000
const SWEEP_MS = 60_000

interface Session {
  transport: WebStandardStreamableHTTPServerTransport
  server: McpServer
  pending: PendingCalls
  /** As of the last request: rights may have changed since. */
  caller: GraphCaller
  usedMs: number
}

export class LegacySessions implements AsyncDisposable {
  readonly #sessions = new Map<string, Session>()
  readonly #serverFor: (callerNow: () => GraphCaller, isOpen?: boolean) => McpServer
  readonly #log: Log
  readonly #sweep: NodeJS.Timeout

  constructor(serverFor: (callerNow: () => GraphCaller, isOpen?: boolean) => McpServer, log: Log) {
    this.#serverFor = serverFor
    this.#log = log
    this.#sweep = setInterval(() => this.#endIdle(), SWEEP_MS).unref()
  }

  /** Answers a request of a revision of 2025. A session is known only to the principal that began it. */
  async fetch(request: Request, caller: GraphCaller, parsedBody: unknown): Promise<Response> {
    const conflict = conflictIn(parsedBody)
    if (conflict !== null) return inUse(conflict)
    const id = request.headers.get(HEADER)
    if (id !== null) {
      const session = this.#sessions.get(id)
      if (!session || session.caller.principal !== caller.principal) return gone()
      session.caller = caller
      session.usedMs = performance.now()
      return request.method === 'POST' ? post(session, request, parsedBody) : getOrEnd(session, request)
    }
    if (isInitializeRequest(parsedBody)) return this.#begin(request, caller, parsedBody)
    const stateless = legacyStatelessFallback(() => this.#serverFor(() => caller))
    return stateless(request, { parsedBody })
  }

  async #begin(request: Request, caller: GraphCaller, parsedBody: unknown): Promise<Response> {
    const own = [...this.#sessions].filter(([, session]) => session.caller.principal === caller.principal)
    // A client that forgets its sessions loses the oldest; it does not keep itself or others out.
    if (own.length >= MAX_OF_PRINCIPAL) this.#end(oldest(own))
    else if (this.#sessions.size >= MAX_SESSIONS) this.#end(oldest([...this.#sessions]))
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
      onsessionclosed: (id) => void this.#sessions.delete(id),
    })
    const session: Session = {
      transport,
      pending: new PendingCalls(transport),
      caller,
      usedMs: performance.now(),
      server: this.#serverFor(() => session.caller, true),
    }
    await session.server.connect(transport)
    return post(session, request, parsedBody)
  }

  /** Ends the session of a request, whose caller has no rights any more, and the calls under way in it. */
  end(headers: IncomingHttpHeaders, principal: string): void {
    const id = headers[HEADER]
    if (typeof id === 'string' && this.#sessions.get(id)?.caller.principal === principal) this.#end(id)
  }

  #endIdle(): void {
    const before = performance.now() - IDLE_MS
    for (const [id, { usedMs }] of this.#sessions) if (usedMs < before) this.#end(id)
  }

  #end(id: string): void {
    const session = this.#sessions.get(id)
    this.#sessions.delete(id)
    session?.server.close().catch((error: unknown) => this.#log.debug({ error }, 'an MCP session could not be closed'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweep)
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close()))
    this.#sessions.clear()
  }
}

async function post({ transport, pending }: Session, request: Request, parsedBody: unknown): Promise<Response> {
  const used = pending.used(parsedBody)
  if (used !== null) return inUse(used)
  pending.add(parsedBody)
  const response = await transport.handleRequest(request, { parsedBody })
  if (!response.ok) pending.remove(parsedBody)
  await pending.endCancelled(parsedBody)
  return response
}

/** A session has one stream. A client that opens another has lost the one before, though we may not know yet. */
function getOrEnd({ transport }: Session, request: Request): Promise<Response> {
  const opens = request.method === 'GET' && request.headers.get('accept')?.includes('text/event-stream')
  if (opens) transport.closeStandaloneSSEStream()
  return transport.handleRequest(request)
}

const inUse = (id: string | number) =>
  Response.json(
    { jsonrpc: '2.0', error: { code: -32600, message: `The id ${JSON.stringify(id)} is in use already.` }, id: null },
    { status: 400 },
  )

const oldest = (sessions: [string, Session][]): string =>
  sessions.reduce((first, one) => (one[1].usedMs < first[1].usedMs ? one : first))[0]

/** 404 makes a client begin another session; it would treat 400 as its own fault. */
const gone = () =>
  Response.json(
    { jsonrpc: '2.0', error: { code: -32001, message: 'This session has ended. Begin another one.' }, id: null },
    { status: 404 },
  )
