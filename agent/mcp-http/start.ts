// The MCP server over HTTP, at /mcp of the gateway: tools ask the graph as the holder of the bearer token.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, isLegacyRequest, type AuthInfo, type McpRequestContext } from '@modelcontextprotocol/server'
import { faultBody, type ErrorCode } from '../../shared/errors.ts'
import { refuseUpgrade, sendJson } from '../../shared/serve/door.ts'
import type { Edge, EdgeHost, GraphCaller } from '../../shared/serve/graph-access.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { readBody } from '../../shared/serve/read-body.ts'
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

type Authorized = IncomingMessage & { auth?: AuthInfo }

/** Answers `/mcp` in the revision 2026-07-28 without sessions, and in those of 2025 with them. */
// eslint-disable-next-line max-lines-per-function -- one closure: its inner functions share what is opened at its top
export function startMcpHttp({ graph, log }: EdgeHost): Edge {
  const limits = new CallLimits()
  const serverFor = (callerNow: () => GraphCaller) =>
    createMcpServer({
      tools,
      graph: graphOfCaller(callerNow),
      log,
      admit: (tool) => limits.admit(callerNow().principal, tool),
      onCall({ input, ...report }) {
        log.info({ ...report, principal: callerNow().principal, arguments: input }, 'mcp call')
      },
    })
  const modern = createMcpHandler(({ authInfo }: McpRequestContext) => serverFor(() => callerOf(authInfo)), {
    legacy: 'reject',
    maxRequestBodySize: MAX_BODY_BYTES,
    maxSubscriptions: MAX_STREAMS,
    onerror: (error) => log.debug({ error }, 'an MCP request was refused'),
  })
  const legacy = new LegacySessions(serverFor, log)

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

  async function serve(request: Authorized, response: ServerResponse): Promise<void> {
    if (!graph.isOurOrigin(request)) return refuse(response, 'FOREIGN_ORIGIN')
    if (request.headers.authorization === undefined) return challenge(request, response, 'UNAUTHENTICATED')
    const isStream = request.method === 'GET'
    const arrival = isStream ? await graph.arrivalOf(request) : null
    if (arrival && 'refused' in arrival)
      return arrival.refused === 'TOO_MANY_STREAMS'
        ? refuse(response, arrival.refused)
        : challenge(request, response, arrival.refused)
    const connection = arrival?.enter(() => response.destroy())
    if (arrival && !connection) {
      arrival.leave()
      return refuse(response, 'TOO_MANY_STREAMS')
    }
    if (arrival && connection)
      response.once('close', () => {
        connection.leave()
        arrival.leave()
      })
    const caller = connection?.caller() ?? (await graph.callerOf(request))
    if ('refused' in caller) return challenge(request, response, caller.refused)
    const read = await bodyOf(request).catch(() => null)
    if (read === null)
      return sendJson(response, 400, {
        jsonrpc: '2.0',
        error: { code: -32700, message: 'The body is not JSON.' },
        id: null,
      })
    if (typeof read === 'string') return refuse(response, read)
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
    },
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
