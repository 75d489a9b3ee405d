import { Listeners } from './listeners.ts'
import type { PubSub } from './pubsub.ts'

/** Within one process. Listeners run at once, in the order they came. */
export function memoryPubSub(): PubSub {
  const listeners = new Listeners()
  return {
    publish: (topic, event) => listeners.deliverMatching(topic, event),
    subscribe(topic, listener) {
      listeners.add(topic, listener)
      return Promise.resolve(() => void listeners.remove(topic, listener))
    },
    ready: () => true,
    [Symbol.asyncDispose]() {
      listeners.clear()
      return Promise.resolve()
    },
  }
}
