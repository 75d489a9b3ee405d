import { setTimeout as wait } from 'node:timers/promises'
import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import { Counter } from 'prom-client'
import { Listeners } from './listeners.ts'
import type { PubSub } from './pubsub.ts'

// A sender's frame may be larger than the broker takes, or nested deeper than JSON can be written. It must not end us.
const DEFAULT_PAYLOAD = 1024 * 1024
const DRAIN_MS = 2_000
const dropped = new Counter({ name: 'overlord_pubsub_dropped_total', help: 'Events the broker could not carry' })
function bodyOf(event: unknown): Buffer | null {
  try {
    return Buffer.from(JSON.stringify(event))
  } catch {
    return null // counted by the caller
  }
}

/**
 * Between processes. One NATS subscription a topic, however many listen here. Reconnects for ever, to any of the
 * servers named by commas.
 */
export async function natsPubSub(urls: string, name: string): Promise<PubSub> {
  const connection: NatsConnection = await connect({
    servers: urls.split(',').map((one) => one.trim()),
    name,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 500,
  })
  const listeners = new Listeners()
  const subscriptions = new Map<string, Subscription>()
  let up = true
  void watch()

  async function watch(): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'close') up = false
      if (type === 'reconnect') up = true
    }
  }

  return {
    publish(topic, event) {
      if (connection.isClosed()) return
      const body = bodyOf(event)
      if (body === null || body.length > (connection.info?.max_payload ?? DEFAULT_PAYLOAD)) dropped.inc()
      else connection.publish(topic, body)
    },
    async subscribe(topic, listener) {
      if (listeners.add(topic, listener)) {
        const callback = (error: Error | null, message: { json(): unknown; subject: string }) => {
          if (!error) listeners.deliver(topic, message.subject, message.json())
        }
        subscriptions.set(topic, connection.subscribe(topic, { callback }))
      }
      await connection.flush() // the server has it: nothing published from now on is missed
      return () => {
        if (!listeners.remove(topic, listener)) return
        subscriptions.get(topic)?.unsubscribe()
        subscriptions.delete(topic)
      }
    },
    ready: () => up && !connection.isClosed(),
    async [Symbol.asyncDispose]() {
      listeners.clear()
      if (connection.isClosed()) return
      // What was published is sent before the end; a broker that is away is not waited for.
      if (up) await Promise.race([connection.drain(), wait(DRAIN_MS, undefined, { ref: false })])
      await connection.close()
    },
  }
}
