import { randomUUID } from 'node:crypto'
import { isAtLeast } from '../../../shared/auth/viewer.ts'
import { COMMAND_TOPIC, replyTopic, type CommandEvent } from '../../../shared/contract/commands.ts'
import { fault } from '../../../shared/errors.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import type { Resolvers } from '../generated/resolvers.ts'

const MOST_CHARACTERS = 512
/** Whoever holds the socket answers in milliseconds; nobody's silence means nobody holds it. */
const PATIENCE_MS = 1_500

async function send(pubsub: PubSub, character: string, command: string): Promise<boolean> {
  const event: CommandEvent = { id: randomUUID(), character, command }
  let answered: () => void = () => undefined
  const answer = new Promise<true>((resolve) => (answered = () => resolve(true)))
  const stop = await pubsub.subscribe(replyTopic(event.id), answered)
  let fuse: NodeJS.Timeout | undefined
  const silence = new Promise<false>((resolve) => (fuse = setTimeout(() => resolve(false), PATIENCE_MS)))
  pubsub.publish(COMMAND_TOPIC, event)
  const delivered = await Promise.race([answer, silence])
  clearTimeout(fuse)
  stop()
  return delivered
}

export const commandResolvers: Resolvers = {
  Mutation: {
    async sendCommand(_, { character, command }, { viewer, pubsub }) {
      if (!isAtLeast(viewer, 'operator')) throw fault('FORBIDDEN', 'Only operators and admins may send commands.')
      if (!command.trim() || command.length > MOST_CHARACTERS)
        throw fault('BAD_USER_INPUT', `A command has 1 to ${MOST_CHARACTERS} characters.`)
      const delivered = await send(pubsub, character, command)
      return { character: { name: character }, outcome: delivered ? 'DELIVERED' : 'NOT_CONNECTED' }
    },
  },
}
