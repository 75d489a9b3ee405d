import { createGatewayRuntime, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import * as httpTransport from '@graphql-mesh/transport-http'
import type { ExecutionRequest, Executor } from '@graphql-tools/utils'
import * as wsTransport from '@graphql-mesh/transport-ws'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { Part } from '../../shared/serve/marks.ts'
import type { Subgraph } from '../../shared/serve/subgraph.ts'
import type { Documents } from '../documents/documents.ts'
import { useArguments, type Introspection } from '../plugins/use-arguments.ts'
import { useDeadline } from '../plugins/use-deadline.ts'
import { useDocuments } from '../plugins/use-documents.ts'
import { useCost } from '../plugins/use-cost.ts'
import { useErrors } from '../plugins/use-errors.ts'
import { useLimits } from '../plugins/use-limits.ts'
import { useLog } from '../plugins/use-log.ts'
import { fixedRouter } from './fixed-router.ts'
import { keepMarks, type MarkSink } from './fan-out/marks.ts'
import { inProcessTransport } from './in-process.ts'

/** What travels with every operation. */
export interface GraphContext extends Record<string, unknown> {
  viewer: Viewer
  /** The viewer, signed for the subgraphs' ports. */
  passport: string
  /** The document was looked at already, or is a facade's: it is not asked again whether this viewer may send it. */
  isDocumentKnown?: true
  /** Which part of a stream is wanted; the whole one if nothing is said. */
  part?: Part
  /** Where what the events of a stream are about is put. */
  marks?: MarkSink
}

/** Where the subgraphs are: in this process, or at these addresses by name. */
export type Subgraphs = { inProcess: readonly Subgraph[] } | { at: Readonly<Record<string, string>> }

const PASSPORT = 'x-overlord-passport'

/** The federated graph over the subgraphs, planned by the Rust planner. */
export async function graphRuntime({
  supergraph,
  subgraphs,
  documents,
  introspection,
  operationSeconds,
  log,
}: {
  supergraph: string
  subgraphs: Subgraphs
  documents: Documents
  introspection: Introspection
  /** How long an operation may take. */
  operationSeconds: number
  log: Log
}): Promise<GatewayRuntime<GraphContext>> {
  const inProcess = 'inProcess' in subgraphs
  const runtime = createGatewayRuntime<GraphContext>({
    supergraph,
    logging: false,
    unifiedGraphHandler: fixedRouter,
    transports: (inProcess
      ? { inprocess: inProcessTransport(subgraphs.inProcess, log) }
      : { http: httpTransport, ws: markingTransport(wsTransport) }) as never,
    transportEntries: inProcess ? { '*.http': { kind: 'inprocess' } } : remote(subgraphs.at),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    maskedErrors: true,
    csrfPrevention: {
      requestHeaders: ['x-graphql-yoga-csrf', 'x-overlord', 'graphql-require-preflight', 'apollo-require-preflight'],
    },
    healthCheckEndpoint: '/graphql/healthz',
    readinessCheckEndpoint: '/graphql/readyz',
    plugins: () => [
      useErrors(),
      useDocuments(documents),
      useArguments(introspection),
      useLimits(),
      useCost(),
      useDeadline(operationSeconds),
      useLog(log),
    ],
  })
  await runtime.getSchema() // else the first WebSocket operation finds no schema
  return runtime
}

type Transport = (typeof wsTransport)['default']

/** The WebSocket transport, with the marks of its streams handed over. */
function markingTransport({ default: transport }: { default: Transport }) {
  return {
    getSubgraphExecutor(...options: Parameters<Transport['getSubgraphExecutor']>) {
      const executor = transport.getSubgraphExecutor(...options) as Executor
      const marking = async (request: ExecutionRequest) =>
        keepMarks(
          await executor(request),
          request.document,
          (request.context as Partial<GraphContext> | undefined)?.marks,
        )
      return Object.assign(marking, {
        [Symbol.asyncDispose]: () => (executor as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.(),
      })
    },
  }
}

function remote(at: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(at).map(([name, location]) => [
      name,
      {
        location,
        headers: [[PASSPORT, '{context.passport}']] as [string, string][],
        options: {
          subscriptions: {
            kind: 'ws',
            location: new URL(location).pathname,
            options: { connectionParams: { passport: '{context.passport}', part: '{context.part}' } },
          },
        },
      },
    ]),
  )
}
