// The MCP server over HTTP, at /mcp of the gateway: tools ask the graph as the holder of the bearer token.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
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
import { readBody } from '../../shared/serve/read-body.ts'
import { characterLink } from '../mcp/links.ts'
import { CharacterUpdates } from '../mcp/resources/updates.ts'
import { redacted } from '../mcp/redact.ts'
import { createMcpServer } from '../mcp/server.ts'
import { tools } from '../mcp/tools/tools.ts'
import { CallLimits } from './call-limits.ts'
import { graphOfCaller } from './graph-of-caller.ts'
import { LegacySessions } from './legacy-sessions.ts'

const PATH = '/mcp'
const METADATA = '/.well-known/oauth-protected-resource'
const MAX_BODY_BYTES = 262_144
/** Streams of notifications that may be open at once, over all callers. */
const MAX_STREAMS = 1_024

type Era = McpRequestContext['era']

export interface McpHttpOptions {
  /** Adds to each server before it is connected. */
  extend?: (server: McpServer, era: Era) => void
}

type Authorized = IncomingMessage & { auth?: AuthInfo }

/** Answers `/mcp` in the revision 2026-07-28 without sessions, and in those of 2025 with them. */
// eslint-disable-next-line max-lines-per-function -- sessions are counted, found and ended together
export function startMcpHttp({ graph, log }: EdgeHost, { extend }: McpHttpOptions = {}): Edge {
  const limits = new CallLimits()
  let newest: GraphCaller | null = null
  // Which characters changed is no secret of anybody, so all clients share one stream without a person.
  const updates = new CharacterUpdates(graphOfCaller(() => newest!.withoutPerson))
  const serverFor = (callerNow: () => GraphCaller, era: Era, isOpen = false) => {
    const server = createMcpServer({
      updates: isOpen ? updates : null,
      tools,
      graph: graphOfCaller(callerNow),
      log,
      admit: (tool) => limits.admit(callerNow().principal, tool),
      onCall({ input, ...report }) {
        log.info({ ...report, principal: callerNow().principal, arguments: redacted(input) }, 'mcp call')
      },
    })
    extend?.(server, era)
    return server
  }
  const modern = createMcpHandler(({ authInfo }: McpRequestContext) => serverFor(() => callerOf(authInfo), 'modern'), {
    legacy: 'reject',
    maxRequestBodySize: MAX_BODY_BYTES,
    maxSubscriptions: MAX_STREAMS,
    bus: busOf(updates),
    onerror: (error) => log.debug({ error }, 'an MCP request was refused'),
  })
  const legacy = new LegacySessions((callerNow, isOpen) => serverFor(callerNow, 'legacy', isOpen), log)

  const answer = toNodeHandler({
    async fetch(request: Request, options: { authInfo?: AuthInfo; parsedBody?: unknown } = {}) {
      return (await isLegacyRequest(request, options.parsedBody))
        ? legacy.fetch(request, callerOf(options.authInfo), options.parsedBody)
        : modern.fetch(request, options)
    },
  })

  /** The body as JSON; undefined without one. Throws a SyntaxError when it is not JSON. */
  async function bodyOf(request: IncomingMessage): Promise<{ body: unknown } | 'TOO_LARGE' | 'NOT_JSON'> {
    if (request.method !== 'POST') return { body: undefined }
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'NOT_JSON'
    const bytes = await readBody(request, MAX_BODY_BYTES)
    return bytes ? { body: JSON.parse(bytes.toString('utf8')) as unknown } : 'TOO_LARGE'
  }

  /** Gives a stream its place, until it closes or its caller's rights end. Answers and returns false if there is none. */
  async function mayStayOpen(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const arrival = await graph.arrivalOf(request)
    const connection = 'refused' in arrival ? null : arrival.enter(() => response.destroy())
    if ('refused' in arrival || !connection) {
      if (!('refused' in arrival)) arrival.leave()
      refuse(response, 'refused' in arrival ? arrival.refused : 'TOO_MANY_STREAMS')
      return false
    }
    response.once('close', () => {
      connection.leave()
      arrival.leave()
    })
    return true
  }

  async function serve(request: Authorized, response: ServerResponse): Promise<void> {
    if (!graph.isOurOrigin(request)) return refuse(response, 'FOREIGN_ORIGIN')
    if (request.headers.authorization === undefined) return challenge(request, response, 'UNAUTHENTICATED')
    const caller = await graph.callerOf(request)
    if ('refused' in caller) return challenge(request, response, caller.refused)
    const read = await bodyOf(request).catch(() => null)
    if (read === null) return sendJson(response, 400, NOT_JSON)
    if (typeof read === 'string') return refuse(response, read)
    const isStream = request.method === 'GET' || methodOf(read.body) === 'subscriptions/listen'
    if (isStream && !(await mayStayOpen(request, response))) return
    newest = caller
    request.auth = { token: '', clientId: caller.principal, scopes: [], extra: { caller } }
    await answer(request, response, read.body)
  }

  return {
    async handle(request, response, path) {
      const own = ownPath(path)
      if (own === METADATA || own === `${METADATA}${PATH}`) {
        sendJson(response, 200, metadataOf(request))
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

const NOT_JSON = { jsonrpc: '2.0', error: { code: -32700, message: 'The body is not JSON.' }, id: null }

const methodOf = (body: unknown): unknown => (body as { method?: unknown } | null | undefined)?.method

/** The bus from which streams of notifications read: it follows the graph while one is open. */
function busOf(updates: CharacterUpdates): ServerEventBus {
  return {
    publish: () => undefined, // nothing else is published
    subscribe: (listener) =>
      updates.listen((name) => listener({ kind: 'resource_updated', uri: characterLink(name).uri })),
  }
}

/** The caller that `serve` found. */
const callerOf = (authInfo: AuthInfo | undefined): GraphCaller => authInfo!.extra!['caller'] as GraphCaller

const originOf = (request: IncomingMessage) => `http://${request.headers.host ?? 'localhost'}`

/** What RFC 9728 asks for. There is no authorization server: tokens are made by an admin. */
const metadataOf = (request: IncomingMessage) => ({
  resource: `${originOf(request)}${PATH}`,
  resource_name: 'Overlord',
  bearer_methods_supported: ['header'],
  scopes_supported: ['read'],
})

function challenge(request: IncomingMessage, response: ServerResponse, code: ErrorCode): void {
  const error = code === 'BAD_TOKEN' ? 'error="invalid_token", ' : ''
  response.setHeader('www-authenticate', `Bearer ${error}resource_metadata="${originOf(request)}${METADATA}${PATH}"`)
  refuse(response, code)
}

function refuse(response: ServerResponse, code: ErrorCode): void {
  const { status, body } = faultBody(code)
  sendJson(response, status, body)
}
