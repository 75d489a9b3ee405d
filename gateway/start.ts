import type { IncomingMessage, ServerResponse } from 'node:http'
import { CallLog } from '../shared/auth/mcp-calls.ts'
import type { People } from '../shared/auth/people.ts'
import { renewSignedViewer, signViewer } from '../shared/auth/signed-viewer.ts'
import type { Viewer } from '../shared/auth/viewer.ts'
import type { Log } from '../shared/log.ts'
import { refuseUpgrade, type Door } from '../shared/serve/door.ts'
import { Documents, type FreeFor, type Manifest } from './documents/documents.ts'
import { versionOf } from './version.ts'
import { graphDoor } from './graph/http/graph-door.ts'
import { refuse } from './graph/http/send.ts'
import { graphRuntime, type Subgraphs } from './graph/runtime.ts'
import { graphSockets } from './graph/sockets.ts'
import { watchNone, watchSubgraphs } from './graph/subgraph-watch.ts'
import type { Supergraph } from './graph/supergraph.ts'
import { UnreadAnswers } from './graph/unread.ts'
import { ownPath } from '../shared/serve/own-path.ts'
import type { PublicEye, StartEdge } from '../shared/serve/graph-access.ts'
import { seenCalls } from './graph/seen-calls.ts'
import { graphAccess } from './edge/graph-access.ts'
import { icons } from './icons.ts'
import { pages } from './pages.ts'
import type { Introspection } from './plugins/use-arguments.ts'
import { addressOf } from '../shared/serve/address.ts'
import { noteRoute, type RouteClass } from '../shared/serve/http-metrics.ts'
import { isSecure, sessionCookie, sessionsOf } from './sign-in/cookie.ts'
import { isOurHost } from './sign-in/host.ts'
import type { Origins } from './sign-in/origin.ts'
import { signInPages } from './sign-in/sign-in.ts'
import { openVisitors } from './sign-in/visitors.ts'
import { viewerNow } from './sign-in/who.ts'

export interface GatewayOptions {
  supergraph: Supergraph
  subgraphs: Subgraphs
  people: People
  /** Signs what goes to the subgraphs. */
  key: string
  origins: Origins
  limits: GatewayLimits
  /** Who may ask the schema about itself. */
  introspection: Introspection
  /** The documents of our own clients, and the role that may send others. */
  manifest: Manifest
  freeDocuments: FreeFor
  /** Whether MCP clients may search the schema and send documents of their own. */
  schemaTools: boolean
  /** How Mind's Eye is shown to the public; null for not at all. */
  publicEye: PublicEye | null
  /** Rooms that answer further addresses from the graph. */
  edges: readonly StartEdge[]
  /** Folder of the built dashboard. */
  webFolder: string
  /** Folder of the operator's pictures of items; undefined without. */
  iconsFolder: string | undefined
  /** How long events of a stream are gathered into one write; 0: those of one turn of the loop. */
  gatherMs: number
  log: Log
}

/** How much one address, viewer or socket may hold open, and how long an operation may take. */
export interface GatewayLimits {
  socketsPerAddress: number
  socketsPerViewer: number
  subscriptionsPerSocket: number
  operationSeconds: number
}

/** The only way out: sign-in, the graph, and the pages that read it. */
// eslint-disable-next-line max-lines-per-function -- lists what is opened, in the order of its closing
export async function startGateway({
  supergraph,
  subgraphs,
  people,
  key,
  origins,
  limits,
  introspection,
  manifest,
  freeDocuments,
  schemaTools,
  publicEye,
  edges,
  webFolder,
  iconsFolder,
  gatherMs,
  log,
}: GatewayOptions): Promise<Door> {
  const { operationSeconds } = limits
  const documents = new Documents(manifest, freeDocuments)
  const signedViewerOf = (viewer: Viewer) => signViewer(key, viewer, Date.now())
  const { runtime, fastPath, declared } = await graphRuntime({
    supergraph,
    subgraphs,
    documents,
    introspection,
    operationSeconds,
    signedViewerOf,
    renewViewer: (signedViewer) => renewSignedViewer(key, signedViewer, Date.now()),
    log,
  })
  const visitors = await openVisitors(people, {
    perAddress: limits.socketsPerAddress,
    perViewer: limits.socketsPerViewer,
  })
  const calls = new CallLog((batch) => people.storeCalls(batch), log)
  const seenCall = seenCalls(calls)
  const unread = new UnreadAnswers()
  const mostSubscriptions = limits.subscriptionsPerSocket
  const sockets = graphSockets({
    runtime,
    people,
    origins,
    visitors,
    documents,
    mostSubscriptions,
    key,
    gatherMs,
    declared,
    unread,
    seenCall,
  })
  const watched =
    'inProcess' in subgraphs
      ? watchNone(subgraphs.inProcess.map(({ name }) => name))
      : watchSubgraphs(subgraphs.at, log)
  const signIn = signInPages(people, origins)
  const page = pages(webFolder)
  const icon = icons(iconsFolder, people, origins)
  const version = versionOf(import.meta.filename, supergraph.text())
  const access = graphAccess({ runtime, key, people, origins, visitors, calls })
  const opened = edges.map((start) => start({ graph: access, version, schemaTools, publicEye, log }))

  const graph = graphDoor({
    runtime,
    fastPath,
    documents,
    people,
    origins,
    unread,
    signedViewerOf,
    declared,
    seenCall,
    changeCount: () => visitors.changeCount(),
    keepOpen: stream,
    renewSession,
  })

  async function answeredByEdge(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    noteRoute(response, 'gateway', path.startsWith('/mcp') ? 'mcp' : 'legacy_api')
    for (const edge of opened) if (await edge.handle(request, response, path)) return true
    return false
  }

  async function renewSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const secure = isSecure(request, origins)
    for (const session of sessionsOf(request, secure)) {
      const fresh = await people.renew(session)
      if (fresh) return void response.setHeader('set-cookie', sessionCookie(fresh, secure, people.sessionDays))
    }
  }

  /**
   * An answer that goes on counts as a connection and ends with its viewer's right to it. False when there are too
   * many.
   */
  function stream(request: IncomingMessage, response: ServerResponse, viewer: Viewer, asOf: number): boolean {
    if (!response.socket || response.socket.destroyed) return false // gone while we asked who it is
    const release = visitors.connect(addressOf(request, origins))
    const leave =
      release &&
      visitors.enter(
        {
          viewer,
          again: () => viewerNow(request, people, origins),
          end: () => response.destroy(),
        },
        asOf,
      )
    if (leave) response.once('close', leave)
    if (release) response.once('close', release)
    return Boolean(leave)
  }

  return {
    name: 'gateway',
    async handle(request, response, path) {
      if (!isOurHost(request, origins)) {
        refuse(response, null, { code: 'FOREIGN_HOST' })
        return true
      }
      const noted = (route: RouteClass) => noteRoute(response, 'gateway', route)
      if (path === '/graphql') {
        noted('graph')
        await graph(request, response)
        return true
      }
      if (path.startsWith('/graphql/')) {
        refuse(response, null, { code: 'NOT_FOUND', message: 'The graph is at /graphql.' })
        return true
      }
      noted('sign_in')
      if (await signIn(request, response, ownPath(path))) return true
      noted('icons')
      if (await icon(request, response, path)) return true
      if (await answeredByEdge(request, response, path)) return true
      noted('pages')
      if (page(request, response, path)) return true
      noted('none')
      return false
    },
    upgrade(request, socket, head, path) {
      const ours = isOurHost(request, origins)
      if (path === '/graphql' && ours) sockets.upgrade(request, socket, head)
      else if (!ours) refuseUpgrade(socket, 'FOREIGN_HOST')
      else return opened.some((edge) => edge.upgrade(request, socket, head, path))
      return true
    },
    async waitsFor() {
      await people.there() // without it no viewer can be identified
      if (!('inProcess' in subgraphs)) return null // an unavailable subgraph affects only its own fields
      for (const subgraph of subgraphs.inProcess) {
        const waits = await subgraph.waitsFor()
        if (waits) return `${subgraph.name}: ${waits}`
      }
      return null
    },
    missing: () => watched.missing(),
    async [Symbol.asyncDispose]() {
      await watched[Symbol.asyncDispose]()
      for (const edge of opened) await edge[Symbol.asyncDispose]()
      await sockets[Symbol.asyncDispose]()
      await calls[Symbol.asyncDispose]()
      await visitors[Symbol.asyncDispose]()
      await runtime[Symbol.asyncDispose]()
    },
  }
}
