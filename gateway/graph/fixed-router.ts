// The Rust planner over our own ways to the subgraphs. Works around @graphql-hive/router-runtime 1.4.23: it never clears its error list
// between the events of one subscription, so event n carries the errors of events 1 to n-1 as well. The new ones are its tail.
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import type { ExecutionRequest } from '@graphql-tools/utils'
import type { GraphQLSchema } from 'graphql'
import type { Executes } from './short-way.ts'

type Handler = typeof unifiedGraphHandler
interface Result {
  errors?: readonly unknown[]
}

/** Asks one subgraph; what it holds open is closed with the graph that it belongs to. */
export type AsksSubgraph = ((request: ExecutionRequest) => Promise<unknown>) & Partial<AsyncDisposable>

/**
 * @param reach gives the way to a subgraph by its name. Taken as it is: what the runtime would put around each question costs more than
 *   the question
 * @param shortcut answers what needs no plan, for a schema and who executes by plan what it leaves
 */
export const fixedRouter =
  (reach: (subgraph: string) => AsksSubgraph, shortcut: (api: GraphQLSchema, planned: Executes) => Executes): Handler =>
  async (options) => {
    const ways = new Map<string, AsksSubgraph>()
    const wayTo = (subgraph: string) => {
      const known = ways.get(subgraph) ?? reach(subgraph)
      ways.set(subgraph, known)
      return known
    }
    const onSubgraphExecute = ((subgraph: string, request: ExecutionRequest) => wayTo(subgraph)(request)) as never
    const handler = await unifiedGraphHandler({ ...options, onSubgraphExecute })
    const execute = handler.executor
    if (!execute) throw new Error('The router runtime gave no executor.')
    const without = shortcut(handler.unifiedGraph, execute as Executes)
    const executor = ((request: Parameters<typeof execute>[0]) => {
      const result: unknown = without(request) ?? execute(request)
      return result instanceof Promise ? result.then(withOwnErrors) : withOwnErrors(result)
    }) as typeof execute
    const closing = async () => {
      for (const way of ways.values()) await way[Symbol.asyncDispose]?.()
    }
    return { ...handler, executor: Object.assign(executor, { [Symbol.asyncDispose]: closing }) }
  }

function withOwnErrors(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return result
  const source = (result as AsyncIterable<Result>)[Symbol.asyncIterator]()
  let seen = 0
  const own = (step: IteratorResult<Result>): IteratorResult<Result> => {
    if (step.done || !step.value.errors) return step
    const fresh = step.value.errors.slice(seen)
    seen = step.value.errors.length
    const { errors: _, ...rest } = step.value
    return { done: false, value: fresh.length ? { ...rest, errors: fresh } : rest }
  }
  return {
    next: () => source.next().then(own),
    return: (value?: unknown) => source.return?.(value) ?? Promise.resolve({ value, done: true }),
    throw: (error: unknown) => source.throw?.(error) ?? Promise.reject(error),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
