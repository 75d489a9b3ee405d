import { COMMAND_TOPIC, replyTopic, type CommandEnvelope, type CommandEvent } from '../../shared/contract/commands.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { PluginSocket } from './plugin-socket.ts'

/** Hands commands to the plugin of their character, when its socket is here. Of two sockets the one registered last gets it. */
export function deliverCommands(pubsub: PubSub, sockets: ReadonlySet<PluginSocket>): Promise<() => void> {
  return pubsub.subscribe(COMMAND_TOPIC, (event) => {
    const { id, character, command } = event as CommandEvent
    const holders = [...sockets].filter((socket) => socket.character() === character)
    const holder = holders.sort((a, b) => b.registeredAt() - a.registeredAt())[0]
    if (!holder) return
    const sent = holder.send(JSON.stringify({ player_name: character, command } satisfies CommandEnvelope))
    if (sent) pubsub.publish(replyTopic(id), { delivered: true })
  })
}
