import { mapAsyncIterator, type ExecutionRequest } from '@graphql-tools/utils'
import { normalizedExecutor } from '@graphql-tools/executor'
import type { ExecutionResult } from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { fault } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { maskResult } from '../../shared/serve/mask.ts'
import type { Subgraph } from '../../shared/serve/subgraph.ts'

/** A Hive transport that calls subgraphs of this process directly: no HTTP and no JSON between us. */
export function inProcessTransport(subgraphs: readonly Subgraph[], log: Log) {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]))
  return {
    getSubgraphExecutor({ subgraphName }: { subgraphName: string }) {
      const subgraph = byName.get(subgraphName)
      if (!subgraph) throw new Error(`No subgraph ${subgraphName} in this process`)
      return async (request: ExecutionRequest) => {
        const { viewer } = (request.context ?? {}) as { viewer?: Viewer }
        if (!viewer) return { errors: [fault('UNAUTHENTICATED')] }
        const result = await normalizedExecutor({
          schema: subgraph.schema,
          document: request.document,
          variableValues: request.variables,
          operationName: request.operationName,
          rootValue: request.rootValue,
          contextValue: subgraph.contextFor(viewer),
          signal: request.signal,
        })
        const mask = (part: ExecutionResult) => maskResult(part, log)
        return Symbol.asyncIterator in result
          ? mapAsyncIterator(result as AsyncIterableIterator<ExecutionResult>, mask)
          : mask(result as ExecutionResult)
      }
    },
  }
}
