import { createGatewayRuntime, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import * as httpTransport from '@graphql-mesh/transport-http'
import * as wsTransport from '@graphql-mesh/transport-ws'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { Subgraph } from '../../shared/serve/subgraph.ts'
import { useCost } from '../plugins/use-cost.ts'
import { useErrors } from '../plugins/use-errors.ts'
import { useLimits } from '../plugins/use-limits.ts'
import { useLog } from '../plugins/use-log.ts'
import { fixedRouter } from './fixed-router.ts'
import { inProcessTransport } from './in-process.ts'

/** What travels with every operation. */
export interface GraphContext extends Record<string, unknown> {
  viewer: Viewer
  /** The viewer, signed for the subgraphs' ports. */
  passport: string
}

/** Where the subgraphs are: in this process, or at these addresses by name. */
export type Subgraphs = { inProcess: readonly Subgraph[] } | { at: Readonly<Record<string, string>> }

const PASSPORT = 'x-overlord-passport'

/** The federated graph over the subgraphs, planned by the Rust planner. */
export async function graphRuntime({
  supergraph,
  subgraphs,
  log,
}: {
  supergraph: string
  subgraphs: Subgraphs
  log: Log
}): Promise<GatewayRuntime<GraphContext>> {
  const inProcess = 'inProcess' in subgraphs
  const runtime = createGatewayRuntime<GraphContext>({
    supergraph,
    logging: false,
    unifiedGraphHandler: fixedRouter,
    transports: (inProcess
      ? { inprocess: inProcessTransport(subgraphs.inProcess, log) }
      : { http: httpTransport, ws: wsTransport }) as never,
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
    plugins: () => [useErrors(), useLimits(), useCost(), useLog(log)],
  })
  await runtime.getSchema() // else the first WebSocket operation finds no schema
  return runtime
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
            options: { connectionParams: { passport: '{context.passport}' } },
          },
        },
      },
    ]),
  )
}
