// The revisions of 2025: a session from `initialize` on, and requests without one for clients that keep none.
import { randomUUID } from 'node:crypto'
import {
  isInitializeRequest,
  legacyStatelessFallback,
  WebStandardStreamableHTTPServerTransport,
  type McpServer,
} from '@modelcontextprotocol/server'
import type { Log } from '../../shared/log.ts'
import type { GraphCaller } from '../../shared/serve/graph-access.ts'

const HEADER = 'mcp-session-id'
const MAX_SESSIONS = 1_000
const MAX_OF_PRINCIPAL = 250
/** A session without a request for so long ends; its client is answered 404 and begins another. */
const IDLE_MS = 30 * 60_000
const SWEEP_MS = 60_000

interface Session {
  transport: WebStandardStreamableHTTPServerTransport
  server: McpServer
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
    const id = request.headers.get(HEADER)
    if (id !== null) {
      const session = this.#sessions.get(id)
      if (!session || session.caller.principal !== caller.principal) return gone()
      session.caller = caller
      session.usedMs = performance.now()
      return session.transport.handleRequest(request, { parsedBody })
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
      caller,
      usedMs: performance.now(),
      server: this.#serverFor(() => session.caller, true),
    }
    await session.server.connect(transport)
    return transport.handleRequest(request, { parsedBody })
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

const oldest = (sessions: [string, Session][]): string =>
  sessions.reduce((first, one) => (one[1].usedMs < first[1].usedMs ? one : first))[0]

/** 404 makes a client begin another session; it would treat 400 as its own fault. */
const gone = () =>
  Response.json(
    { jsonrpc: '2.0', error: { code: -32001, message: 'This session has ended. Begin another one.' }, id: null },
    { status: 404 },
  )
