import { setTimeout as wait } from 'node:timers/promises'
import type { DocumentNode } from 'graphql'
import type { GraphCaller, Variables } from '../../shared/serve/graph-access.ts'
import type { TextAnswer } from '../graph/client.ts'
import { faultIn, GraphFault } from '../graph/fault.ts'
import type { ToolGraph } from '../mcp/tool-graph.ts'

/** The graph of this process, as a caller who may change while the tools stay: a role may change between two calls. */
export const graphOfCaller = (callerNow: () => GraphCaller): ToolGraph => ({
  async ask(document, variables, signal) {
    const { data, errors } = await orAborted(callerNow().execute(document, variables), signal)
    const fault = faultIn(errors)
    if (fault) throw fault
    if (!data) throw new GraphFault('The graph answered without data.', 'INTERNAL_SERVER_ERROR', null)
    return data as never
  },
  async askText(text, variables, signal) {
    return (await orAborted(callerNow().executeText(text, variables), signal)) as TextAnswer
  },
  follow(document, variables, next) {
    const stopped = new AbortController()
    void followUntil(stopped.signal, callerNow, document, variables, next as (data: unknown) => void)
    return () => stopped.abort()
  },
})

const AGAIN_MS = 1_000

/** Follows a stream, beginning it again after a second whenever it ends. */
async function followUntil(
  signal: AbortSignal,
  callerNow: () => GraphCaller,
  document: DocumentNode,
  variables: Variables,
  next: (data: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    const result = await callerNow()
      .subscribe(document, variables, 'changes')
      .catch(() => null) // refused or unavailable: tried again
    if (result && Symbol.asyncIterator in result) {
      const events = result[Symbol.asyncIterator]()
      const stop = () => void events.return?.()
      signal.addEventListener('abort', stop, { once: true })
      try {
        for (let step = await events.next(); !step.done && !signal.aborted; step = await events.next())
          if (step.value.data) next(step.value.data)
      } catch {
        // It ended with an error of its subgraph, which is in that one's log.
      } finally {
        signal.removeEventListener('abort', stop)
      }
    }
    await wait(AGAIN_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** The value, or the reason of the signal once it is aborted. */
async function orAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([value, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
    value.catch(() => undefined) // nobody waits for it any more if it lost the race
  }
}
