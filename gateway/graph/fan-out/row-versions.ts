import type { DocumentNode, ExecutionResult } from 'graphql'
import type { VersionExtensions } from '../../../shared/pubsub/row-versions.ts'
import type { VersionSink } from '../../context.ts'

/**
 * Takes the row versions off the results of a stream and passes them to the sink: the planner between subgraph and
 * gateway creates new results and drops unknown extensions.
 */
export function takeRowVersions<R>(result: R, document: DocumentNode, sink: VersionSink | undefined): R {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return result
  const events = (result as unknown as AsyncIterable<ExecutionResult>)[Symbol.asyncIterator]()
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      for (;;) {
        const step = await events.next()
        if (step.done) return step
        const { extensions, ...rest } = step.value
        const { mark: versions = null, listening, position } = (extensions ?? {}) as VersionExtensions
        if (listening) sink?.listening(position)
        else {
          sink?.queue.push(versions)
          return { value: rest, done: false }
        }
      }
    },
    return: (value?: unknown) => events.return?.(value) ?? Promise.resolve({ value, done: true }),
    throw: (error: unknown) => events.throw?.(error) ?? Promise.reject(error as Error),
    [Symbol.asyncIterator]() {
      return this
    },
  }
  return (sink?.takeWhole(document, results) ? quiet(results) : results) as R
}

/** An empty stream in place of results that are taken directly; ending it ends them. */
function quiet(results: AsyncIterableIterator<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  return {
    next: () => ended.then(() => ({ value: undefined, done: true })),
    async return() {
      end()
      await results.return?.()
      return { value: undefined, done: true }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
