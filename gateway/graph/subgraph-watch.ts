// Whether the subgraphs answer, as the gateway sees it: for /readyz, /metrics and the log.
import { Gauge } from 'prom-client'
import type { Log } from '../../shared/log.ts'
import type { Addresses } from './remote.ts'

const EVERY_MS = 5_000
/** A process that does not answer within this time counts as gone. */
const PATIENCE_MS = 2_000
/** What a balancer answers without a process behind it. A subgraph answers 401 to a request without a viewer. */
const NOBODY = 502

const up = new Gauge({
  name: 'overlord_gateway_subgraph_up',
  help: '1 while at least one process of the subgraph answers the gateway, else 0',
  labelNames: ['subgraph'],
})
const answering = new Gauge({
  name: 'overlord_gateway_subgraph_processes',
  help: 'Addresses of the subgraph that answer the gateway',
  labelNames: ['subgraph'],
})

export interface SubgraphWatch extends AsyncDisposable {
  /** Subgraphs of which no process answered when they were asked last. */
  missing(): readonly string[]
}

/** Subgraphs of this process: they are there as long as it is. */
export function watchNone(names: readonly string[]): SubgraphWatch {
  for (const subgraph of names) {
    up.set({ subgraph }, 1)
    answering.set({ subgraph }, 1)
  }
  return { missing: () => [], [Symbol.asyncDispose]: () => Promise.resolve() }
}

/** Asks every process of each subgraph every few seconds. One that is gone is logged once, and once when it is back. */
export function watchSubgraphs(addresses: Addresses, log: Log, everyMs = EVERY_MS): SubgraphWatch {
  const gone = new Set<string>()
  const ending = new AbortController()

  async function look(subgraph: string, urls: readonly string[]): Promise<void> {
    const answers = await Promise.all(urls.map((url) => doesAnswer(url, ending.signal)))
    if (ending.signal.aborted) return
    const count = answers.filter(Boolean).length
    up.set({ subgraph }, count ? 1 : 0)
    answering.set({ subgraph }, count)
    if (!count && !gone.has(subgraph)) {
      gone.add(subgraph)
      log.error({ subgraph, processes: urls.length }, 'no process of a subgraph answers: what it knows is missing')
    } else if (count && gone.delete(subgraph)) log.info({ subgraph }, 'a process of the subgraph answers again')
  }

  const all = () => Promise.all(Object.entries(addresses).map(([subgraph, urls]) => look(subgraph, urls)))
  let looking = all()
  const timer = setInterval(() => (looking = looking.then(all)), everyMs).unref()
  return {
    missing: () => [...gone].sort(),
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      ending.abort()
      await looking
    },
  }
}

async function doesAnswer(url: string, ending: AbortSignal): Promise<boolean> {
  try {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(PATIENCE_MS)])
    const answer = await fetch(url, { method: 'POST', signal })
    await answer.body?.cancel()
    return answer.status < NOBODY
  } catch {
    return false // refused, or too late
  }
}
