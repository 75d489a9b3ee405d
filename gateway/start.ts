import type { IncomingMessage, ServerResponse } from 'node:http'
import type { People } from '../shared/auth/people.ts'
import { issuePassport } from '../shared/auth/passport.ts'
import { faultBody } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import { sendJson, type Door } from '../shared/serve/door.ts'
import { graphRuntime, type Subgraphs } from './graph/runtime.ts'
import { graphSockets } from './graph/sockets.ts'
import { pages } from './pages.ts'
import type { Origins } from './sign-in/origin.ts'
import { signInPages } from './sign-in/sign-in.ts'
import { whoIs } from './sign-in/who.ts'

export interface GatewayOptions {
  /** The composed supergraph, as text. */
  supergraph: string
  subgraphs: Subgraphs
  people: People
  /** Signs what goes to the subgraphs. */
  key: string
  origins: Origins
  /** Folder of the built dashboard. */
  webFolder: string
  log: Log
}

const MAX_QUERY_BYTES = 256 * 1024

/** The only way out: sign-in, the graph, and the pages that read it. */
export async function startGateway({
  supergraph,
  subgraphs,
  people,
  key,
  origins,
  webFolder,
  log,
}: GatewayOptions): Promise<Door> {
  const runtime = await graphRuntime({ supergraph, subgraphs, log })
  const sockets = graphSockets({ runtime, people, origins, key })
  const signIn = signInPages(people, origins)
  const page = pages(webFolder)

  async function graph(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers
    if (origin !== undefined && origins.allowed.includes(origin)) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-allow-credentials', 'true')
      response.setHeader('vary', 'origin')
      if (request.method === 'OPTIONS') {
        const headers = 'content-type, authorization, x-overlord, x-graphql-yoga-csrf, graphql-require-preflight'
        response
          .writeHead(204, {
            'access-control-allow-methods': 'POST',
            'access-control-allow-headers': headers,
            'access-control-max-age': '600',
          })
          .end()
        return
      }
    }
    const who = await whoIs(request, people, origins)
    if ('refused' in who) return refuse(response, who.refused)
    if (Number(request.headers['content-length'] ?? 0) > MAX_QUERY_BYTES) return refuse(response, 'TOO_LARGE')
    response.setHeader('cache-control', 'no-store')
    await runtime(request, response, {
      viewer: who.viewer,
      passport: issuePassport(key, who.viewer, Date.now()),
    } as never)
  }

  return {
    name: 'gateway',
    async handle(request, response, path) {
      if (path === '/graphql') {
        await graph(request, response)
        return true
      }
      return (await signIn(request, response, path)) || page(request, response, path)
    },
    upgrade(request, socket, head, path) {
      if (path !== '/graphql') return false
      sockets.upgrade(request, socket, head)
      return true
    },
    async waitsFor() {
      if (!('inProcess' in subgraphs)) return null
      for (const subgraph of subgraphs.inProcess) {
        const waits = await subgraph.waitsFor()
        if (waits) return `${subgraph.name}: ${waits}`
      }
      return null
    },
    async [Symbol.asyncDispose]() {
      await sockets[Symbol.asyncDispose]()
      await runtime[Symbol.asyncDispose]()
    },
  }
}

/** A refusal in the shape GraphQL clients read. */
function refuse(response: ServerResponse, code: Parameters<typeof faultBody>[0]): void {
  const { status, body } = faultBody(code)
  const { message, hint, trace } = body.error
  sendJson(
    response,
    status,
    { errors: [{ message, extensions: { code, hint, trace } }] },
    status === 401 ? { 'www-authenticate': 'Bearer' } : {},
  )
}
