import { createGatewayRuntime, getGraphQLWSOptions } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { inProcess } from '../../../../gateway/graph/in-process.ts'
import { log, viewer } from './key.ts'
import { beside, type Serve } from './serving.ts'

/** Hive's gateway as it comes, over subgraphs within. */
export const hive: Serve = async ({ graph, control }) => {
  const reach = inProcess(graph.subgraphs, log)
  const runtime = createGatewayRuntime({
    supergraph: graph.supergraph,
    unifiedGraphHandler,
    transports: {
      ours: { getSubgraphExecutor: ({ subgraphName }: { subgraphName: string }) => reach(subgraphName) },
    } as never,
    transportEntries: { '*.http': { kind: 'ours' } },
    logging: false,
    landingPage: false,
    graphiql: false,
  })
  await runtime.getSchema()
  const server = beside(control, (request, response) => void runtime(request, response, { viewer } as never))
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  useServer(getGraphQLWSOptions(runtime as never, () => ({ viewer })) as never, sockets)
  return server
}
