import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import { Listeners } from './listeners.ts'
import type { PubSub } from './pubsub.ts'

/** Between processes. One NATS subscription a topic, however many listen here. Reconnects for ever. */
export async function natsPubSub(url: string, name: string): Promise<PubSub> {
  const connection: NatsConnection = await connect({
    servers: url,
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
      if (!connection.isClosed()) connection.publish(topic, JSON.stringify(event))
    },
    async subscribe(topic, listener) {
      if (listeners.add(topic, listener)) {
        const callback = (error: Error | null, message: { json(): unknown; subject: string }) => {
          if (!error) listeners.tell(topic, message.subject, message.json())
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
      if (!connection.isClosed()) await connection.drain()
    },
  }
}
