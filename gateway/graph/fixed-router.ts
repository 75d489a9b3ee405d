// Works around @graphql-hive/router-runtime 1.4.23: it never clears its error list between the events of one subscription,
// so event n carries the errors of events 1 to n-1 as well. The list only grows: the new ones are its tail.
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import type { GraphQLSchema } from 'graphql'
import type { Embedded } from './embedded/embedded.ts'

type Handler = typeof unifiedGraphHandler
interface Result {
  errors?: readonly unknown[]
}

/** @param shortcut answers what needs no plan, for the schema it is given */
export const fixedRouter =
  (shortcut: (api: GraphQLSchema) => Embedded): Handler =>
  async (options) => {
    const handler = await unifiedGraphHandler(options)
    const execute = handler.executor
    if (!execute) throw new Error('The router runtime gave no executor.')
    const without = shortcut(handler.unifiedGraph)
    const executor = ((request: Parameters<typeof execute>[0]) => {
      const result: unknown = without(request) ?? execute(request)
      return result instanceof Promise ? result.then(withOwnErrors) : withOwnErrors(result)
    }) as typeof execute
    return { ...handler, executor }
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
