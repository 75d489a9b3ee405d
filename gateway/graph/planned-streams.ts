import { getOperationASTFromRequest, isAsyncIterable, type ExecutionRequest } from '@graphql-tools/utils'
import { OperationTypeNode, type ExecutionResult } from 'graphql'
import type { AsksSubgraph, Executes } from './execute.ts'

/** Events that are executed concurrently; they are sent in order. */
const AHEAD = 8

/** Context key of the source that replaces the subgraph of a stream. */
const SOURCE = Symbol('source of the stream')
type Source = (subgraph: string, request: ExecutionRequest) => unknown

/** Whether the request is a subscription. */
export const isStream = (request: ExecutionRequest) =>
  getOperationASTFromRequest(request).operation === OperationTypeNode.SUBSCRIPTION

/** Asks a subgraph, unless a source replaces its stream. */
export const askedOrGiven = (
  wayTo: (subgraph: string) => AsksSubgraph,
  subgraph: string,
  request: ExecutionRequest,
): unknown => {
  const source = (request.context as { [SOURCE]?: Source } | undefined)?.[SOURCE]
  return source && isStream(request) ? source(subgraph, request) : wayTo(subgraph)(request)
}

/**
 * A subscription over several subgraphs, each of its events an execution of its own. The planner's runtime has one
 * for all of them: event n carries the errors of those before, and none can be begun while another is under way, so
 * that a journey to another process for each of them sets how many there can be in a second.
 * @param execute by plan, and by way of `askedOrGiven`; plans are remembered by document
 */
export async function plannedStream(
  execute: Executes,
  wayTo: (subgraph: string) => AsksSubgraph,
  request: ExecutionRequest,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const context = request.context as object
  const withSource = (source: Source) =>
    execute({ ...request, context: { ...context, [SOURCE]: source } }) as ExecutionResult | Promise<ExecutionResult>

  let stream: AsyncIterable<ExecutionResult> | null = null
  const refusal = await withSource(async (subgraph, planned) => {
    const given = await wayTo(subgraph)({ ...planned, context })
    if (!isAsyncIterable<ExecutionResult>(given)) return given
    stream = given
    return { data: null }
  })
  if (!stream) return refusal
  const events = (stream as AsyncIterable<ExecutionResult>)[Symbol.asyncIterator]()
  const coming: Promise<IteratorResult<ExecutionResult>>[] = []
  let source: Promise<unknown> = Promise.resolve()
  // The source is read one by one; what is asked for each of its events is under way for several.
  function begin(): Promise<IteratorResult<ExecutionResult>> {
    const step = source.then(() => events.next())
    source = step.catch(() => undefined)
    return step.then(async (read) => (read.done ? read : { done: false, value: await withSource(() => read.value) }))
  }
  const results: AsyncIterableIterator<ExecutionResult> = {
    next() {
      while (coming.length < AHEAD) {
        const step = begin()
        step.catch(() => undefined) // thrown again where it is taken
        coming.push(step)
      }
      return coming.shift()!
    },
    return: async (value?: unknown) => (await events.return?.(value)) ?? { value, done: true },
    throw: (error: unknown) => events.throw?.(error) ?? Promise.reject(error as Error),
    [Symbol.asyncIterator]() {
      return this
    },
  }
  return results
}
