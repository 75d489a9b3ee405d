import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { Log } from '../log.ts'
import { compiled } from './compiled.ts'
import type { VersionedStream, VersionExtensions, StreamPhase } from '../pubsub/row-versions.ts'
import type { ReadBudget } from '../read-budget.ts'
import { maskResult } from './mask.ts'

/** Results of a subscription, each with its row versions under `extensions`. */
export type VersionedResult = ExecutionResult<Record<string, unknown>, Record<string, unknown> & VersionExtensions>

/** What the events of a subscription are executed with. */
export interface EventOptions {
  contextFor: (budget: ReadBudget) => unknown
  /** What one event may read. What the stream itself reads is not counted: it holds one page at a time. */
  budgetOf: () => ReadBudget
  phase: StreamPhase
  log: Log
}

/**
 * Runs a subscription of a subgraph: its events, one execution each. `contextFor` gives each event a context of its
 * own, since loaders cache what they read: a shared context would return stale data.
 */
export async function versionedEvents(
  args: ExecutionArgs,
  { contextFor, budgetOf, phase, log }: EventOptions,
): Promise<ExecutionResult | AsyncIterableIterator<VersionedResult>> {
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return maskResult(source, log)
  const events = source as VersionedStream<unknown>
  const run = compiled(args)
  const isOfFacts = events.position !== undefined
  let mustAnnounceListening = phase === 'changes' || (isOfFacts && phase !== 'now')
  const results: AsyncIterableIterator<VersionedResult> = {
    async next() {
      if (mustAnnounceListening) {
        mustAnnounceListening = false
        await events.listen()
        const position = isOfFacts ? { position: await events.position!() } : {}
        return { value: { data: null, extensions: { listening: true, ...position } }, done: false }
      }
      const step = await events.next()
      if (step.done) return { value: undefined, done: true }
      const versions = events.versions ?? null
      const budget = budgetOf()
      try {
        const result = await run(step.value, contextFor(budget))
        return { value: { ...maskResult(result, log), extensions: { mark: versions } } as VersionedResult, done: false }
      } finally {
        budget[Symbol.dispose]() // not by `using`: its helpers take longer than all the rest of an event
      }
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
