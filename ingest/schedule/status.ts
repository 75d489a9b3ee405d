import {
  INGEST_STATUS_EVERY_MS,
  INGEST_STATUS_TOPIC,
  MAX_REPORTED_NAMES,
  type IngestStatusEvent,
} from '../../shared/contract/ingest-status.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { counters } from '../metrics/counters.ts'

interface Value {
  value: number
  labels: Partial<Record<string, string | number>>
}

/** Publishes the status of this process every two seconds. */
export function publishStatus({
  pubsub,
  node,
  storing,
}: {
  pubsub: PubSub
  node: string
  storing: () => boolean
}): Disposable {
  let before = { frames: 0, atMs: performance.now() }

  async function publish(): Promise<void> {
    const frames = sum((await counters.frames.get()).values)
    const atMs = performance.now()
    const seconds = (atMs - before.atMs) / 1000
    const event: IngestStatusEvent = {
      node,
      at: new Date().toISOString(),
      plugins: sum((await counters.plugins.get()).values),
      framesPerSecond: Math.round(((frames - before.frames) / seconds) * 10) / 10,
      waitingBytes: sum((await counters.spoolBytes.get()).values),
      storing: storing(),
      unknownTypes: frequent((await counters.unknownTypes.get()).values).map(({ labels, value }) => ({
        name: String(labels['type']),
        count: value,
      })),
      unknownFields: frequent((await counters.unknownFields.get()).values).map(({ labels, value }) => ({
        type: String(labels['type']),
        name: String(labels['field']),
        count: value,
      })),
      dropped: frequent((await counters.dropped.get()).values).map(({ labels, value }) => ({
        reason: String(labels['reason']),
        count: value,
      })),
    }
    before = { frames, atMs }
    pubsub.publish(INGEST_STATUS_TOPIC, event)
  }

  const timer = setInterval(() => void publish(), INGEST_STATUS_EVERY_MS).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

const sum = (values: readonly Value[]) => values.reduce((total, { value }) => total + value, 0)
const frequent = (values: readonly Value[]) =>
  [...values].sort((a, b) => b.value - a.value).slice(0, MAX_REPORTED_NAMES)
