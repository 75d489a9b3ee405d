import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { Log } from '../log.ts'
import { compiled } from './compiled.ts'
import type { Marked, Marking, Part } from '../pubsub/marks.ts'
import { maskResult } from './mask.ts'

/** Results of a subscription, each with what its event is about under `extensions`. */
export type MarkedResult = ExecutionResult<Record<string, unknown>, Record<string, unknown> & Marking>

/**
 * Runs a subscription of a subgraph: its events, one execution each. `contextFor` gives each event a context of its own,
 * since loaders remember what they read: one context for all would tell old facts for ever.
 */
export async function markedEvents(
  args: ExecutionArgs,
  { contextFor, part, log }: { contextFor: () => unknown; part: Part; log: Log },
): Promise<ExecutionResult | AsyncIterableIterator<MarkedResult>> {
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return maskResult(source, log)
  const events = source as Marked<unknown>
  const run = compiled(args)
  let isToSayListening = part === 'changes'
  const results: AsyncIterableIterator<MarkedResult> = {
    async next() {
      if (isToSayListening) {
        isToSayListening = false
        await events.listen()
        return { value: { data: null, extensions: { listening: true } }, done: false }
      }
      const step = await events.next()
      if (step.done) return { value: undefined, done: true }
      const mark = events.mark ?? null
      const result = await run(step.value, contextFor())
      return { value: { ...maskResult(result, log), extensions: { mark } } as MarkedResult, done: false }
    },
    async return() {
      await events.return?.()
      return { value: undefined, done: true }
    },
    async throw(error: unknown) {
      await events.return?.()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
  return results
}
