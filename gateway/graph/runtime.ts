import { createGatewayRuntime, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import { parse, type GraphQLSchema } from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { Subgraph } from '../../shared/serve/subgraph.ts'
import type { GraphContext } from '../context.ts'
import type { Documents } from '../documents/documents.ts'
import { useArguments, type Introspection } from '../plugins/use-arguments.ts'
import { useDeadline } from '../plugins/use-deadline.ts'
import { useDocuments } from '../plugins/use-documents.ts'
import { useCost } from '../plugins/use-cost.ts'
import { useErrors } from '../plugins/use-errors.ts'
import { useLimits } from '../plugins/use-limits.ts'
import { useLog } from '../plugins/use-log.ts'
import { useRenewal } from '../plugins/use-renewal.ts'
import { useTracing } from '../plugins/use-tracing.ts'
import { declaredIn, NOTHING_DECLARED, type Declared } from '../declared/declared.ts'
import { embedded } from './embedded/embedded.ts'
import { fixedRouter } from './fixed-router.ts'
import { inProcess } from './in-process.ts'
import { remote, type Addresses } from './remote.ts'
import type { Executes } from './execute.ts'
import { FastPath, type Reader } from './fast-path.ts'
import type { Supergraph } from './supergraph.ts'

/** Where the subgraphs are: in this process, or at these addresses by name. */
export type Subgraphs = { inProcess: readonly Subgraph[] } | { at: Addresses }

export interface GraphRuntimeOptions {
  supergraph: Supergraph
  subgraphs: Subgraphs
  documents: Documents
  introspection: Introspection
  /** How long an operation may take. */
  operationSeconds: number
  /** Signs a viewer for the subgraphs' ports. */
  signedViewerOf: (viewer: Viewer) => string
  /** Signs a signed viewer again, for longer. */
  renewViewer: (signedViewer: string) => string
  log: Log
}

export interface GraphRuntime {
  runtime: GatewayRuntime<GraphContext>
  fastPath: FastPath
  declared: () => Declared
}

/**
 * The federated graph over the subgraphs: planned by the Rust planner, and without a plan where subgraphs are within.
 */
export async function graphRuntime(options: GraphRuntimeOptions): Promise<GraphRuntime> {
  const { supergraph, subgraphs, documents, introspection, operationSeconds, signedViewerOf, renewViewer, log } =
    options
  const isWithin = 'inProcess' in subgraphs
  const reach = isWithin ? inProcess(subgraphs.inProcess, log) : remote(subgraphs.at, renewViewer)
  const contextOf = (viewer: Viewer) => (isWithin ? { viewer } : { viewer, signedViewer: signedViewerOf(viewer) })
  const fastPath = new FastPath({ introspection, operationSeconds, contextOf, log })
  let declared = NOTHING_DECLARED
  const shortcut = (api: GraphQLSchema, planned: Executes, whole: GraphQLSchema): Executes => {
    declared = declaredIn(whole)
    const without = isWithin ? embedded(api, subgraphs.inProcess, log) : () => null
    fastPath.begin(isWithin ? without : planned)
    return without
  }
  parse(supergraph.text()) // the runtime would try one that is none again and again, without a word
  const runtime = createGatewayRuntime<GraphContext>({
    supergraph: () => supergraph.text(),
    // Running operations finish on the old schema; streams of other processes restart with a snapshot.
    gracefulSchemaReload: { drainTimeout: (operationSeconds + 1) * 1000 },
    logging: false,
    unifiedGraphHandler: fixedRouter(reach, shortcut),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    maskedErrors: true,
    healthCheckEndpoint: '/graphql/healthz',
    readinessCheckEndpoint: '/graphql/readyz',
    plugins: () => [
      useErrors(),
      useDocuments(documents),
      useArguments(introspection),
      useLimits(),
      useCost(),
      useRenewal(() => declared),
      useDeadline(operationSeconds),
      useTracing(),
      useLog(log),
    ],
  })
  await runtime.getSchema() // else the first WebSocket operation finds no schema
  fastPath.readBy((context) => runtime.getEnveloped(context as never) as unknown as Reader)
  runtime.disposableStack.defer(reloadOnChange(supergraph, runtime, log))
  return { runtime, fastPath, declared: () => declared }
}

/** Reads the supergraph again whenever its file changes. Returns how to stop. */
function reloadOnChange(supergraph: Supergraph, runtime: GatewayRuntime<GraphContext>, log: Log): () => void {
  const reload = async () => {
    parse(supergraph.text())
    await runtime.invalidateUnifiedGraph()
  }
  return supergraph.onChange(() => {
    reload().then(
      () => log.info('the supergraph was read again'),
      (error: unknown) => log.error({ error }, 'the new supergraph cannot be used: the one before stays'),
    )
  })
}
