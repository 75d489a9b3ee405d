// The original's HTTP addresses: each a document of the graph and a shape, asked with the rights of the caller.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { faultBody, isErrorCode } from '../../shared/errors.ts'
import { sendJson } from '../../shared/serve/door.ts'
import type { EdgeHost, GraphAccess, GraphCaller } from '../../shared/serve/graph-access.ts'
import { readJson } from '../../shared/serve/json-body.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { askerFor, followerFor, Refusal, type Ask, type Follow } from './ask.ts'
import type { Endpoint, Method, Pieces } from './endpoint.ts'
import { endpointPage } from './endpoint-page.ts'
import { endpoints } from './endpoints.ts'
import { openApi } from './open-api.ts'
import { router } from './route.ts'

/** Addresses that need no sign-in ask nothing. */
const askNothing: Ask = () => Promise.reject(new Error('An address without sign-in asked the graph'))
const followNothing: Follow = () => Promise.reject(new Error('An address without sign-in asked the graph'))

const METHODS: readonly Method[] = ['GET', 'POST', 'PATCH', 'DELETE']

/** Answers the original's HTTP addresses; false for other ones. */
export function legacyRequests({ graph, version, log }: EdgeHost) {
  const table = endpoints(version)
  const route = router(table)
  const description = openApi(table, version)
  const page = endpointPage(table, version)

  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const own = ownPath(path)
    const isAboutUs = own === '/openapi.json' || own === '/api-docs'
    const found = isAboutUs ? null : route(own)
    if (!found && !isAboutUs) return false
    response.setHeader('referrer-policy', 'no-referrer') // the address may hold a token
    if (graph.allowOrigin(request, response, METHODS)) return true
    try {
      const method = request.method === 'HEAD' ? 'GET' : request.method
      const entry = found?.endpoints.find((one) => one.method === method)
      if (!entry && !(isAboutUs && method === 'GET')) throw wrongMethod(response, found?.endpoints ?? [])
      const caller = entry?.who === 'anybody' ? null : await signedIn(request, graph)
      if (!entry) tellAboutUs(response, own)
      else await answer(entry, found!.parts, caller, request, response)
    } catch (error) {
      if (response.headersSent) log.warn({ error, path: own }, 'an answer of the legacy API stopped in the middle')
      else if (!(error instanceof Refusal)) {
        log.error({ error, path: own }, 'the legacy API failed')
        refuse(response, new Refusal('INTERNAL_SERVER_ERROR'))
      } else if (error.code === 'UNAUTHENTICATED' && wantsPage(request)) {
        response.writeHead(302, { location: '/login', 'cache-control': 'no-store' }).end()
      } else refuse(response, error)
    }
    return true
  }

  function tellAboutUs(response: ServerResponse, own: string): void {
    if (own === '/openapi.json') return sendJson(response, 200, description)
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    sendText(response, 'text/html; charset=utf-8', page)
  }

  async function answer(
    entry: Endpoint,
    path: Record<string, string>,
    caller: GraphCaller | null,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const query = read(entry.query, queryOf(request))
    const body = entry.body ? read(entry.body, await bodyOf(request)) : {}
    const asked = { path, query, body } as Parameters<Endpoint['run']>[0]
    const [ask, follow] = caller ? [askerFor(caller), followerFor(caller)] : [askNothing, followNothing]
    const result = await entry.run(asked, ask, follow)
    if (entry.media && isPieces(result)) await sendPieces(response, entry.media, result)
    else if (entry.media) sendText(response, entry.media, String(result))
    else sendJson(response, 200, result)
  }
}

async function signedIn(request: IncomingMessage, graph: GraphAccess): Promise<GraphCaller> {
  const token = new URLSearchParams(searchOf(request)).get('token')
  const caller = await graph.callerOf(request, token ?? undefined)
  if ('refused' in caller) throw new Refusal(caller.refused)
  return caller
}

function searchOf(request: IncomingMessage): string {
  const url = request.url ?? ''
  const begin = url.indexOf('?')
  return begin < 0 ? '' : url.slice(begin + 1)
}

/** Fields left empty count as left out. */
const queryOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries([...new URLSearchParams(searchOf(request))].filter(([, value]) => value !== ''))

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = await readJson(request)
  if (typeof body === 'string') throw new Refusal(body)
  return body
}

function read(schema: Endpoint['query'], given: Record<string, unknown>): Record<string, unknown> {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue!.path.length ? `\`${issue!.path.join('.')}\`: ` : ''
  throw new Refusal('BAD_USER_INPUT', `${where}${issue!.message}`)
}

function wrongMethod(response: ServerResponse, there: readonly Endpoint[]): Refusal {
  response.setHeader('allow', there.length ? there.map(({ method }) => method).join(', ') : 'GET')
  return new Refusal('WRONG_METHOD')
}

/** A browser that was sent here by a link, and not by a page of ours. */
const wantsPage = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html')

function sendText(response: ServerResponse, media: string, text: string): void {
  response
    .writeHead(200, {
      'content-type': media,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    })
    .end(text)
}

const isPieces = (result: unknown): result is Pieces =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result

/** Sends a text as it comes. Who goes away, or reads too slowly to take it, ends what makes it or holds it up. */
async function sendPieces(response: ServerResponse, media: string, pieces: Pieces): Promise<void> {
  const leave = () => void pieces.return?.()
  response.once('close', leave)
  try {
    // The first one is waited for, so that a refusal is one.
    let step = await pieces.next()
    if (response.destroyed) return leave()
    // No proxy is to hold it back.
    response.writeHead(200, { 'content-type': media, 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    for (; !step.done && !response.destroyed; step = await pieces.next()) {
      if (!response.write(step.value)) await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
    response.end()
  } catch (error) {
    // The status 200 is sent already: only closing the connection can report the failure.
    if (response.headersSent) response.destroy()
    throw error
  } finally {
    response.off('close', leave)
    leave()
  }
}

function refuse(response: ServerResponse, { code, message, retryAfter }: Refusal): void {
  if (isErrorCode(code)) {
    const { status, body } = faultBody(code, message || undefined)
    return sendJson(response, status, body, {
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
    })
  }
  // A fault of ours: the graph has logged and masked it.
  const error = { code, message: 'Something went wrong here.', hint: 'Try again in a moment; the log says more.' }
  sendJson(response, 500, { error })
}
