import type { GraphCaller } from '../../shared/serve/graph-access.ts'
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
})

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
