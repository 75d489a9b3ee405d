import { INGEST_STATUS_TOPIC, type IngestStatusEvent } from '../../../shared/contract/ingest-status.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'

const LOST_AFTER_MS = 10_000

/** The last reports of all ingest processes, merged. */
export interface IngestStatus extends AsyncDisposable {
  now(): IngestTotals
}

export interface IngestTotals extends Omit<IngestStatusEvent, 'node'> {
  processes: number
}

export async function ingestStatus(pubsub: PubSub, clock: () => number = Date.now): Promise<IngestStatus> {
  const nodes = new Map<string, IngestStatusEvent & { heardMs: number }>()
  const stop = await pubsub.subscribe(INGEST_STATUS_TOPIC, (event) => {
    const status = event as IngestStatusEvent
    nodes.set(status.node, { ...status, heardMs: clock() })
  })
  return {
    now() {
      for (const [node, { heardMs }] of nodes) if (clock() - heardMs > LOST_AFTER_MS) nodes.delete(node)
      return totals([...nodes.values()], new Date(clock()).toISOString())
    },
    [Symbol.asyncDispose]() {
      stop()
      return Promise.resolve()
    },
  }
}

/** Adds up the reports of processes. */
function totals(nodes: readonly IngestStatusEvent[], now: string): IngestTotals {
  const sum = (value: (node: IngestStatusEvent) => number) => nodes.reduce((total, node) => total + value(node), 0)
  return {
    processes: nodes.length,
    at: now,
    plugins: sum((node) => node.plugins),
    framesPerSecond: Math.round(sum((node) => node.framesPerSecond) * 10) / 10,
    waitingBytes: sum((node) => node.waitingBytes),
    storing: nodes.length > 0 && nodes.every((node) => node.storing),
    unknownTypes: added(nodes.flatMap((node) => node.unknownTypes)),
    unknownFields: added(nodes.flatMap((node) => node.unknownFields)),
    dropped: added(nodes.flatMap((node) => node.dropped)),
  }
}

/** One entry for each name, most frequent first. */
function added<T extends { count: number }>(entries: readonly T[]): T[] {
  const byName = new Map<string, T>()
  for (const entry of entries) {
    const { count, ...name } = entry
    const key = JSON.stringify(name)
    byName.set(key, { ...entry, count: count + (byName.get(key)?.count ?? 0) })
  }
  return [...byName.values()].sort((a, b) => b.count - a.count)
}
