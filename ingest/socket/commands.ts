import {
  COMMAND_TOPIC,
  replyTopic,
  type CommandEnvelope,
  type CommandEvent,
  type CommandReply,
} from '../../shared/contract/commands.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Roster } from './roster.ts'

/** Hands commands to the plugin of their character, when the one that registered last is here. */
export function deliverCommands(pubsub: PubSub, roster: Roster): Promise<() => void> {
  const deliver = async (event: unknown) => {
    const { id, character, command } = event as CommandEvent
    const holder = roster.holder(character)
    if (!holder) return
    const sent = await holder.deliver(JSON.stringify({ player_name: character, command } satisfies CommandEnvelope))
    pubsub.publish(replyTopic(id), { delivered: sent, node: roster.node } satisfies CommandReply)
  }
  return pubsub.subscribe(COMMAND_TOPIC, (event) => void deliver(event))
}
