// The Rust planner over our own ways to the subgraphs, and each event of a stream an execution of its own.
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import type { ExecutionRequest } from '@graphql-tools/utils'
import type { GraphQLSchema } from 'graphql'
import { decidingConditions } from './conditions.ts'
import type { AsksSubgraph, Executes, Results } from './execute.ts'
import { introspecting } from './introspection.ts'
import { FieldOwners, withLostFields } from './lost-fields.ts'
import { noting, withMissing, withoutMissing } from './missing-entries.ts'
import { askedOrGiven, isStream, plannedStream } from './planned-streams.ts'

type Handler = typeof unifiedGraphHandler

/**
 * @param reach returns the executor of a subgraph by name. Used directly: the runtime's wrappers around each request
 *   cost more than
 *   the question
 * @param shortcut answers what needs no plan, for a schema, who executes by plan what it leaves, and the supergraph's
 *   schema
 */
export const fixedRouter =
  (
    reach: (subgraph: string) => AsksSubgraph,
    shortcut: (api: GraphQLSchema, planned: Executes, supergraph: GraphQLSchema) => Executes,
  ): Handler =>
  async (options) => {
    const ways = new Map<string, AsksSubgraph>()
    const wayTo = (subgraph: string) => {
      const known = ways.get(subgraph) ?? reach(subgraph)
      ways.set(subgraph, known)
      return known
    }
    const onSubgraphExecute = (async (subgraph: string, request: ExecutionRequest) => {
      const result = (await askedOrGiven(wayTo, subgraph, request)) as Results
      return Symbol.asyncIterator in result ? result : withoutMissing(request, result)
    }) as never
    const handler = await unifiedGraphHandler({ ...options, onSubgraphExecute })
    const execute = handler.executor
    if (!execute) throw new Error('The router runtime gave no executor.')
    const deciding = decidingConditions(handler.unifiedGraph)
    const owners = new FieldOwners(options.unifiedGraph)
    const planned: Executes = (request) => {
      const { request: decided, missing } = noting(deciding(request))
      const named = (result: Results) =>
        Symbol.asyncIterator in result
          ? result
          : withMissing(withLostFields(result, decided, handler.unifiedGraph, owners), missing)
      const result = (execute as Executes)(decided)
      return result instanceof Promise ? result.then(named) : result && named(result)
    }
    const without = shortcut(handler.unifiedGraph, planned, options.unifiedGraph)
    const answer = (request: ExecutionRequest) =>
      without(request) ?? (isStream(request) ? plannedStream(planned, wayTo, request) : planned(request))
    const aboutSchema = introspecting(handler.unifiedGraph, answer)
    const executor = ((request: ExecutionRequest) => aboutSchema(request) ?? answer(request)) as typeof execute
    const closing = async () => {
      for (const way of ways.values()) await way[Symbol.asyncDispose]?.()
    }
    return { ...handler, executor: Object.assign(executor, { [Symbol.asyncDispose]: closing }) }
  }
