import {
  PRESENCE_ASK_TOPIC,
  PRESENCE_EVERY_MS,
  PRESENCE_TOPIC,
  type PluginPresence,
  type PresenceEvent,
} from '../../shared/contract/presence.ts'
import { PLUGIN_FRAMES_TOPIC, PLUGINS_PER_EVENT, type PluginFramesEvent } from '../../shared/contract/plugin-frames.ts'
import { presenceOf } from '../../shared/pubsub/presence.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { PluginSocket } from './plugin-socket.ts'

/** The plugins connected here, announced to all processes; and those connected elsewhere. */
export interface Roster extends AsyncDisposable {
  node: string
  /** The socket of a character that registered last; undefined when it is not here, or newer elsewhere. */
  holder(character: string): PluginSocket | undefined
  /** A socket registered or closed. */
  changed(character: string | null): void
}

export async function roster(pubsub: PubSub, sockets: ReadonlySet<PluginSocket>, node: string): Promise<Roster> {
  const elsewhere = await presenceOf(pubsub)
  const newestHere = (character: string): PluginSocket | undefined => {
    let found: PluginSocket | undefined
    for (const socket of sockets)
      if (socket.character() === character && (!found || socket.registeredAt() >= found.registeredAt())) found = socket
    return found
  }
  const shown = (socket: PluginSocket): PluginPresence => ({
    character: socket.character()!,
    server: socket.server(),
    registeredAt: socket.registeredAt(),
  })
  const send = (event: Omit<PresenceEvent, 'node'>) => pubsub.publish(PRESENCE_TOPIC, { node, ...event })
  const sendAll = () => {
    const newest = new Map<string, PluginSocket>()
    for (const socket of sockets) {
      const character = socket.character()
      if (character === null) continue
      const other = newest.get(character)
      if (!other || socket.registeredAt() >= other.registeredAt()) newest.set(character, socket)
    }
    send({ full: true, plugins: [...newest.values()].map(shown), left: [] })
    sendFrameTypes([...newest.values()])
  }
  const sendFrameTypes = (newest: readonly PluginSocket[]) => {
    for (let from = 0; from < newest.length; from += PLUGINS_PER_EVENT) {
      const plugins = newest
        .slice(from, from + PLUGINS_PER_EVENT)
        .map((socket) => ({ character: socket.character()!, types: socket.frameTypes() }))
      pubsub.publish(PLUGIN_FRAMES_TOPIC, { node, plugins } satisfies PluginFramesEvent)
    }
  }
  const timer = setInterval(sendAll, PRESENCE_EVERY_MS).unref()
  const stopAsking = await pubsub.subscribe(PRESENCE_ASK_TOPIC, sendAll)

  return {
    node,
    holder(character) {
      const here = newestHere(character)
      const other = here && elsewhere.of(character, node)
      if (!here || !other) return here
      const newer = other.registeredAt - here.registeredAt()
      return newer > 0 || (newer === 0 && other.node > node) ? undefined : here
    },
    changed(character) {
      if (character === null) return
      const here = newestHere(character)
      send({ full: false, plugins: here ? [shown(here)] : [], left: here ? [] : [character] })
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      stopAsking()
      send({ full: true, plugins: [], left: [] })
      await elsewhere[Symbol.asyncDispose]()
    },
  }
}
