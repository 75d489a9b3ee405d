import { Counter, Gauge } from 'prom-client'

/** Plain counters of the fan-out, since they run for every frame of every reader. Read only by /metrics. */
export const counted = {
  /** Streams open, each executed once, and readers of all of them. */
  streams: 0,
  readers: 0,
  /** Events executed. */
  events: 0,
  /** Messages made into bytes: one an event for all readers that call it by the same operation id. */
  framed: 0,
  /** Messages handed to sockets, and passed over for readers that were behind. */
  sent: 0,
  skipped: 0,
}

const metrics: Record<keyof typeof counted, [kind: typeof Gauge | typeof Counter, name: string, help: string]> = {
  streams: [Gauge, 'overlord_graph_streams', 'Shared subscriptions that are executed now'],
  readers: [Gauge, 'overlord_graph_stream_readers', 'Readers of shared subscriptions'],
  events: [Counter, 'overlord_graph_stream_events_total', 'Events of shared subscriptions, each executed once'],
  framed: [Counter, 'overlord_graph_stream_frames_made_total', 'Messages of shared subscriptions made into bytes'],
  sent: [Counter, 'overlord_graph_stream_frames_sent_total', 'Messages of shared subscriptions handed to sockets'],
  skipped: [Counter, 'overlord_graph_stream_frames_skipped_total', 'Messages passed over for readers that were behind'],
}

for (const [what, [Kind, name, help]] of Object.entries(metrics))
  new Kind({
    name,
    help,
    collect() {
      this.reset()
      this.inc(counted[what as keyof typeof counted])
    },
  })
