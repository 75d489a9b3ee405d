import { randomUUID } from 'node:crypto'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { PluginSocket } from './plugin-socket.ts'

const TOPIC = 'plugin.share'

/** Passes a plugin's share to every other registered plugin, here and at other ingest processes. */
export interface Shares {
  send(from: PluginSocket, text: string): void
  stop(): void
}

export async function shareAmongPlugins(pubsub: PubSub, sockets: ReadonlySet<PluginSocket>): Promise<Shares> {
  const here = randomUUID()
  const pass = (text: string, from: PluginSocket | null) => {
    for (const socket of sockets) if (socket !== from && socket.character() !== null) socket.send(text)
  }
  const stop = await pubsub.subscribe(TOPIC, (event) => {
    const { process, text } = event as { process: string; text: string }
    if (process !== here) pass(text, null)
  })
  return {
    send(from, text) {
      pass(text, from)
      pubsub.publish(TOPIC, { process: here, text })
    },
    stop,
  }
}
