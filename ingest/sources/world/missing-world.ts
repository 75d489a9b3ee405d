// A world that cannot run here says so, instead of leaving commands without an answer.
import {
  worldCommandTopic,
  worldReplyTopic,
  type WorldCommand,
  type WorldReply,
} from '../../../shared/contract/world-commands.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'

/** Answers every command to a world with the reason why it does not run, until what it gives is called. */
export function refuseCommands(world: string, reason: string, pubsub: PubSub): Promise<() => void> {
  const reply: WorldReply = { ok: false, message: reason, sight: null }
  return pubsub.subscribe(worldCommandTopic(world), (event) =>
    pubsub.publish(worldReplyTopic((event as WorldCommand).id), reply),
  )
}
