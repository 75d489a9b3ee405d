import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApolloServer, HeaderMap } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { execute, GraphQLError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { openSignedViewer, readSignedViewer, SIGNED_VIEWER_HEADER } from '../auth/signed-viewer.ts'
import type { Viewer } from '../auth/viewer.ts'
import { fault, faultBody } from '../errors.ts'
import type { Log } from '../log.ts'
import { sendJson, type Door } from './door.ts'
import { endWithViewer } from './end-with-viewer.ts'
import { noteRoute } from './http-metrics.ts'
import { versionedEvents } from './events.ts'
import { streamPhaseOf, type StreamPhase } from '../pubsub/row-versions.ts'
import { isMisfit, maskResult, misfit } from './mask.ts'
import { readBody } from './read-body.ts'
import { readBudgets, type ReadBudget } from '../read-budget.ts'
import type { Subgraph } from './subgraph.ts'

const MAX_BODY_BYTES = 1024 * 1024

/** Each event of a subscription gets a context of its own. */
interface Asked {
  phase: StreamPhase
  contextFor: (budget?: ReadBudget) => object
  budgetOf: () => ReadBudget
}

/**
 * A subgraph on a port of its own, by Apollo Server and graphql-ws. It answers only the gateway, by its signed
 * viewer.
 */
// eslint-disable-next-line max-lines-per-function -- Apollo, sockets and their end share one schema
export async function subgraphDoor({
  subgraph,
  key,
  log,
}: {
  subgraph: Subgraph
  key: string
  log: Log
}): Promise<Door> {
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false, // the process has a life of its own
    // Apollo would send any error of a resolver to the caller.
    formatError(formatted, error) {
      const original = unwrapResolverError(error)
      if (original instanceof GraphQLError) return formatted
      if (isMisfit(original)) {
        const { message, extensions } = misfit()
        return { message, ...(formatted.path ? { path: formatted.path } : {}), extensions }
      }
      const { message, extensions } = fault('INTERNAL_SERVER_ERROR')
      log.error({ error: original, path: formatted.path, trace: extensions['trace'] }, 'a resolver failed')
      return { message, ...(formatted.path ? { path: formatted.path } : {}), extensions }
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), // halves list queries
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
  await apollo.start()

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BODY_BYTES })
  const ending = useServer<
    { signedViewer?: unknown; phase?: unknown },
    { viewer?: Viewer; phase?: StreamPhase; socket: WebSocket }
  >(
    {
      schema: subgraph.schema,
      onConnect({ connectionParams, extra }) {
        const signed = openSignedViewer(key, connectionParams?.signedViewer, Date.now())
        if (!signed) return false
        extra.viewer = signed.viewer
        extra.phase = streamPhaseOf(connectionParams?.phase)
        endWithViewer(extra.socket, key, signed)
        return true
      },
      context: ({ extra: { viewer, phase } }): Asked => ({
        phase: phase!,
        contextFor: (budget) => subgraph.contextFor(viewer!, phase!, budget),
        budgetOf: () => readBudgets.of(viewer!),
      }),
      async execute(args) {
        const { contextFor, budgetOf } = args.contextValue as Asked
        using budget = budgetOf()
        return maskResult(await execute({ ...args, contextValue: contextFor(budget) }), log)
      },
      subscribe: (args) => {
        const { contextFor, budgetOf, phase } = args.contextValue as Asked
        return versionedEvents({ ...args, contextValue: contextFor() }, { contextFor, budgetOf, phase, log })
      },
    },
    sockets as never,
  )

  async function answer(request: IncomingMessage, response: ServerResponse, viewer: Viewer): Promise<void> {
    const body = await jsonOf(request)
    if (body === null) return refuse(response, 'TOO_LARGE')
    const headers = new HeaderMap()
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
    using budget = readBudgets.of(viewer)
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: new URL(request.url ?? '/', 'http://here.invalid').search,
        body,
      },
      context: () => Promise.resolve(subgraph.contextFor(viewer, 'whole', budget)),
    })
    for (const [name, value] of result.headers) response.setHeader(name, value)
    response.statusCode = result.status ?? 200
    if (result.body.kind === 'complete') response.end(result.body.string)
    else {
      for await (const chunk of result.body.asyncIterator) response.write(chunk)
      response.end()
    }
  }

  return {
    name: subgraph.name,
    async handle(request, response, path) {
      if (path !== '/graphql') return false
      noteRoute(response, subgraph.name, 'graph')
      const viewer = readSignedViewer(key, request.headers[SIGNED_VIEWER_HEADER], Date.now())
      if (viewer) await answer(request, response, viewer)
      else refuse(response, 'UNAUTHENTICATED')
      return true
    },
    upgrade(request, socket, head, path) {
      if (path !== '/graphql') return false
      sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request))
      return true
    },
    waitsFor: () => subgraph.waitsFor(),
    async [Symbol.asyncDispose]() {
      await ending.dispose()
      await apollo.stop()
      await subgraph[Symbol.asyncDispose]()
    },
  }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(request, MAX_BODY_BYTES)
  if (!bytes) return null
  if (!bytes.length) return {}
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return {} // Apollo answers what is wrong with an empty body
  }
}

function refuse(response: ServerResponse, code: Parameters<typeof faultBody>[0]): void {
  const { status, body } = faultBody(code)
  sendJson(response, status, {
    errors: [{ message: body.error.message, extensions: { code, hint: body.error.hint, trace: body.error.trace } }],
  })
}
