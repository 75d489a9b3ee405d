import { normalizedExecutor } from '@graphql-tools/executor'
import { getOperationASTFromRequest, type ExecutionRequest } from '@graphql-tools/utils'
import { OperationTypeNode, type ExecutionResult } from 'graphql'
import { fault } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { versionedEvents } from '../../shared/serve/events.ts'
import { maskResult } from '../../shared/serve/mask.ts'
import { readBudgets, type ReadBudget } from '../../shared/read-budget.ts'
import type { Subgraph } from '../../shared/serve/subgraph.ts'
import { takeRowVersions } from './fan-out/row-versions.ts'
import type { AsksSubgraph } from './execute.ts'
import type { GraphContext } from '../context.ts'

/** The way to subgraphs of this process: called directly, no HTTP and no JSON between us. */
export function inProcess(subgraphs: readonly Subgraph[], log: Log) {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]))
  return (subgraphName: string): AsksSubgraph => {
    const subgraph = byName.get(subgraphName)
    if (!subgraph) throw new Error(`No subgraph ${subgraphName} in this process`)
    return async (request: ExecutionRequest) => {
      const { viewer, phase = 'whole', versionSink } = (request.context ?? {}) as Partial<GraphContext>
      if (!viewer) return { errors: [fault('UNAUTHENTICATED')] }
      const contextFor = (budget?: ReadBudget) => subgraph.contextFor(viewer, phase, budget)
      const budgetOf = () => readBudgets.of(viewer)
      const args = {
        schema: subgraph.schema,
        document: request.document,
        variableValues: request.variables,
        operationName: request.operationName,
        rootValue: request.rootValue,
      }
      if (getOperationASTFromRequest(request).operation === OperationTypeNode.SUBSCRIPTION)
        return takeRowVersions(
          await versionedEvents({ ...args, contextValue: contextFor() }, { contextFor, budgetOf, phase, log }),
          request.document,
          versionSink,
        )
      using budget = budgetOf()
      const result = await normalizedExecutor({ ...args, contextValue: contextFor(budget), signal: request.signal })
      return maskResult(result as ExecutionResult, log)
    }
  }
}
