// The MCP server over HTTP, at /mcp of the gateway: tools ask the graph as the holder of the bearer token.
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  createMcpHandler,
  isLegacyRequest,
  type AuthInfo,
  type McpRequestContext,
  type McpServer,
  type ServerEventBus,
} from '@modelcontextprotocol/server'
import { faultBody, type ErrorCode } from '../../shared/errors.ts'
import { refuseUpgrade, sendJson } from '../../shared/serve/door.ts'
import type { Edge, EdgeHost, GraphCaller } from '../../shared/serve/graph-access.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { characterLink } from '../mcp/links.ts'
import { CharacterUpdates } from '../mcp/resources/updates.ts'
import { redacted } from '../../shared/redact.ts'
import { schemaTools } from '../mcp/schema-tools/schema-tools.ts'
import { createMcpServer } from '../mcp/server.ts'
import { tools } from '../mcp/tools/tools.ts'
import { CallLimits } from './call-limits.ts'
import { graphOfCaller } from './graph-of-caller.ts'
import { LegacySessions } from './legacy-sessions.ts'
import { readMessage, type ReadMessage } from './read-message.ts'
import { SharedCalls } from './shared-calls.ts'
import { Turns } from './turns.ts'
import { exchange } from './web-exchange.ts'

const PATH = '/mcp'
const METADATA = '/.well-known/oauth-protected-resource'
const METHODS = ['GET', 'POST', 'DELETE']
/**
 * An answer that takes longer is a stream: it has a place among those of its caller, and ends with the caller's
 * rights.
 */
const LONG_MS = 1_000
/** Longer than the longest tool takes. */
const LONGEST_POST_MS = 60_000
/** Streams of notifications that may be open at once, over all callers. */
const MAX_STREAMS = 1_024

type Era = McpRequestContext['era']

export interface McpHttpOptions {
  /** Adds to each server before it is connected. */
  extend?: (server: McpServer, era: Era) => void
}

/** Answers `/mcp` in the revision 2026-07-28 without sessions, and in those of 2025 with them. */
// eslint-disable-next-line max-lines-per-function -- sessions are counted, found and ended together
export function startMcpHttp(
  { graph, schemaTools: hasSchemaTools, log }: EdgeHost,
  { extend }: McpHttpOptions = {},
): Edge {
  const limits = new CallLimits()
  const shared = new SharedCalls((name, amount, perMinute) => graph.take(`mcp ${name}`, amount, perMinute))
  const served = hasSchemaTools ? [...tools, ...schemaTools] : tools
  let newest: GraphCaller | null = null
  // Which characters changed is no secret of anybody, so all clients share one stream without a person.
  const updates = new CharacterUpdates(graphOfCaller(() => newest!.withoutPerson))
  const turns = new Turns()
  const quick = new Set(served.filter(({ isSlow }) => !isSlow).map(({ name }) => name))
  const serverFor = (callerNow: () => GraphCaller, era: Era, isOpen = false, only: string | null = null) => {
    const server = createMcpServer({
      updates: isOpen ? updates : null,
      tools: served,
      only,
      graph: graphOfCaller(callerNow),
      log,
      // What this process alone refuses costs no write.
      admit: (tool) => {
        const { principal } = callerNow()
        return limits.admit(principal, tool) ?? shared.admit(principal, tool)
      },
      onCall({ input, ...report }) {
        const caller = callerNow()
        const shown = redacted(input)
        log.info({ ...report, principal: caller.principal, arguments: shown }, 'mcp call')
        const { bytes: _, ...call } = report
        caller.recordCall({ ...call, transport: 'HTTP', input: shown })
      },
    })
    extend?.(server, era)
    return server
  }
  const modern = createMcpHandler(
    ({ authInfo }: McpRequestContext) => serverFor(() => callerOf(authInfo), 'modern', false, toolOf(authInfo)),
    {
      legacy: 'reject',
      maxSubscriptions: MAX_STREAMS,
      bus: busOf(updates),
      onerror: (error) => log.debug({ error }, 'an MCP request was refused'),
    },
  )
  const legacy = new LegacySessions((callerNow, isOpen) => serverFor(callerNow, 'legacy', isOpen), log)

  const answer = (request: IncomingMessage, response: ServerResponse, caller: GraphCaller, body: unknown) =>
    exchange(request, response, body, async (asked) => {
      if (await isLegacyRequest(asked, body)) return legacy.fetch(asked, caller, body)
      const authInfo: AuthInfo = {
        token: '',
        clientId: caller.principal,
        scopes: [],
        extra: { caller, tool: toolIn(body) },
      }
      return modern.fetch(asked, { authInfo, ...(body !== undefined && { parsedBody: body }) })
    })

  /** Ends a stream whose caller has no rights any more, and what it may have begun. */
  function endOf(request: IncomingMessage, response: ServerResponse, { principal }: GraphCaller): void {
    response.destroy()
    legacy.end(request.headers, principal)
  }

  /**
   * Gives a stream its place, until it closes or its caller's rights end. Answers and returns false if there is none.
   */
  async function mayStayOpen(
    request: IncomingMessage,
    response: ServerResponse,
    caller: GraphCaller,
  ): Promise<boolean> {
    const arrival = await graph.arrivalOf(request)
    const connection = 'refused' in arrival ? null : arrival.enter(() => endOf(request, response, caller))
    if ('refused' in arrival || !connection) {
      if (!('refused' in arrival)) arrival.leave()
      const code = 'refused' in arrival ? arrival.refused : 'TOO_MANY_STREAMS'
      if (response.headersSent) endOf(request, response, caller)
      else refuse(response, code)
      return false
    }
    const leave = () => {
      connection.leave()
      arrival.leave()
    }
    if (response.closed) leave()
    else response.once('close', leave)
    return true
  }

  /** Lets an answer take long: as a stream with a place, and not for ever. Returns what ends that. */
  function watchLong(request: IncomingMessage, response: ServerResponse, caller: GraphCaller): () => void {
    const long = setTimeout(() => {
      // While nobody can say whether the caller still has rights, it has none.
      mayStayOpen(request, response, caller).catch(() => endOf(request, response, caller))
    }, LONG_MS)
    const end = setTimeout(() => response.destroy(), LONGEST_POST_MS)
    return () => {
      clearTimeout(long)
      clearTimeout(end)
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!METHODS.includes(request.method!)) {
      response.setHeader('allow', METHODS.join(', '))
      return refuse(response, 'WRONG_METHOD')
    }
    if (!graph.isOurOrigin(request)) return refuse(response, 'FOREIGN_ORIGIN')
    if (request.headers.authorization === undefined) return challenge(request, response, 'UNAUTHENTICATED')
    const caller = await graph.callerOf(request)
    if ('refused' in caller) return challenge(request, response, caller.refused)
    const read = await readMessage(request)
    if ('refused' in read) return refuseMessage(response, read)
    newest = caller
    if (request.method === 'GET' || methodOf(read.body) === 'subscriptions/listen') {
      if (await mayStayOpen(request, response, caller)) await answer(request, response, caller, read.body)
      return
    }
    const stop = watchLong(request, response, caller)
    const run = () => answer(request, response, caller, read.body)
    const messages: unknown[] = Array.isArray(read.body) ? read.body : [read.body]
    const hasQuick = messages.some((message) => quick.has(toolIn(message) ?? ''))
    await (hasQuick ? turns.run(caller.principal, run) : run()).finally(stop)
  }

  function challenge(request: IncomingMessage, response: ServerResponse, code: ErrorCode): void {
    const error = code === 'BAD_TOKEN' ? 'error="invalid_token", ' : ''
    const metadata = `${graph.originOf(request)}${METADATA}${PATH}`
    response.setHeader('www-authenticate', `Bearer ${error}resource_metadata="${metadata}"`)
    refuse(response, code)
  }

  return {
    async handle(request, response, path) {
      const own = ownPath(path)
      if (own === METADATA || own === `${METADATA}${PATH}`) {
        sendJson(response, 200, metadataOf(graph.originOf(request)))
        return true
      }
      if (own !== PATH) return false
      await serve(request, response)
      return true
    },
    upgrade(_request, socket, _head, path) {
      if (ownPath(path) !== PATH) return false
      refuseUpgrade(socket, 'WRONG_METHOD')
      return true
    },
    async [Symbol.asyncDispose]() {
      await modern.close()
      await legacy[Symbol.asyncDispose]()
      updates[Symbol.dispose]()
    },
  }
}

/** What is wrong with a message, in the words of the protocol. */
const FAULTS = {
  BROKEN: { status: 400, code: -32700, message: 'The body is not JSON.' },
  TOO_DEEP: { status: 400, code: -32600, message: 'The message nests too deep.' },
  TOO_MANY: { status: 400, code: -32600, message: 'A batch has at most 16 messages.' },
  TOO_SLOW: { status: 408, code: -32600, message: 'The body took too long to arrive.' },
} as const

function refuseMessage(response: ServerResponse, { refused }: Extract<ReadMessage, { refused: unknown }>): void {
  if (refused === 'NOT_JSON' || refused === 'TOO_LARGE') return refuse(response, refused)
  const { status, ...error } = FAULTS[refused]
  // The rest of a slow body would be read as the next request.
  sendJson(response, status, { jsonrpc: '2.0', error, id: null }, refused === 'TOO_SLOW' ? { connection: 'close' } : {})
}

const methodOf = (body: unknown): unknown => (body as { method?: unknown } | null | undefined)?.method

/** The bus from which streams of notifications read: it follows the graph while one is open. */
function busOf(updates: CharacterUpdates): ServerEventBus {
  return {
    publish: () => undefined, // nothing else is published
    subscribe: (listener) =>
      updates.listen((name) => listener({ kind: 'resource_updated', uri: characterLink(name).uri })),
  }
}

/** The tool that a message calls; null for one that calls none. */
function toolIn(body: unknown): string | null {
  const name = methodOf(body) === 'tools/call' ? (body as { params?: { name?: unknown } | null }).params?.name : null
  return typeof name === 'string' ? name : null
}

/** The tool that the message of a request calls. */
const toolOf = (authInfo: AuthInfo | undefined): string | null => authInfo!.extra!['tool'] as string | null

/** The caller that `serve` found. */
const callerOf = (authInfo: AuthInfo | undefined): GraphCaller => authInfo!.extra!['caller'] as GraphCaller

/** What RFC 9728 asks for. There is no authorization server: tokens are made by an admin. */
const metadataOf = (origin: string) => ({
  resource: `${origin}${PATH}`,
  resource_name: 'Overlord',
  bearer_methods_supported: ['header'],
  scopes_supported: ['read'],
})

function refuse(response: ServerResponse, code: ErrorCode): void {
  const { status, body } = faultBody(code)
  sendJson(response, status, body)
}
