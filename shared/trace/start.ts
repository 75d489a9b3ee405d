import type { Log } from '../log.ts'

/** Sends traces and figures to the collector at `endpoint`. Without one nothing is loaded, and nothing is done. */
export async function startTracing(endpoint: string | undefined, service: string, log: Log): Promise<AsyncDisposable> {
  if (!endpoint) return { [Symbol.asyncDispose]: () => Promise.resolve() }
  const { openCollector } = await import('./collector.ts')
  return openCollector(endpoint.replace(/\/$/, ''), service, log)
}
