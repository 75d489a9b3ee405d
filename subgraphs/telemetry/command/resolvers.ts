import { randomUUID } from 'node:crypto'
import {
  COMMAND_AUDIT_TOPIC,
  COMMAND_TOPIC,
  replyTopic,
  type CommandAuditEvent,
  type CommandEvent,
  type CommandReply,
} from '../../../shared/contract/commands.ts'
import type { Presence } from '../../../shared/pubsub/presence.ts'
import { askOnce } from '../../../shared/pubsub/ask.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { listAudit, storedOutcomes } from './audit.ts'
import { closeCommand } from './audited-command.ts'

const MAX_PAGE_SIZE = 500
/** The process with the socket answers in milliseconds; no answer means that none has it. */
const PATIENCE_MS = 1_500

function ask(pubsub: PubSub, character: string, command: string): Promise<CommandReply | null> {
  const event: CommandEvent = { id: randomUUID(), character, command }
  return askOnce(pubsub, { topic: COMMAND_TOPIC, replyTopic: replyTopic(event.id), event, patienceMs: PATIENCE_MS })
}

/** The name under which a plugin is connected: the exact one if there is, else one that differs only in case. */
function connectedAs(presence: Presence, typed: string): string {
  if (presence.of(typed)) return typed
  const wanted = typed.toLowerCase()
  return presence.all().find(({ character }) => character.toLowerCase() === wanted)?.character ?? typed
}

export const commandResolvers: Resolvers = {
  Query: {
    async commandAudit(_, page, context) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listAudit(context.pool, page)
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
  },
  CommandAudit: {
    characterName: ({ character }) => character,
  },
  Subscription: {
    commandAudited: {
      subscribe(_, { afterId }, context) {
        const source = { pubsub: context.pubsub, phase: context.phase, topics: [COMMAND_AUDIT_TOPIC] }
        return factStream<CommandAuditEvent>({
          ...source,
          afterId: readAfterId(afterId, 'a command'),
          facts: storedOutcomes(context.pool),
          live: () => snapshotThenUpdates<CommandAuditEvent>({ ...source, map: (event) => event as CommandAuditEvent }),
        })
      },
      resolve: (event: unknown) => event as CommandAuditEvent,
    },
  },
  Mutation: {
    async sendCommand(_, { input: { character: typed, command } }, context) {
      const { pubsub, presence } = context
      const character = connectedAs(presence, typed)
      const commandId = context.commandId!
      const reply = await ask(pubsub, character, command)
      const holds = reply !== null || presence.of(character) !== undefined
      const outcome = reply?.delivered ? 'DELIVERED' : holds ? 'TIMED_OUT' : 'NOT_CONNECTED'
      await closeCommand(context, commandId, outcome, reply?.node ?? null)
      return { commandId, character: { name: character }, outcome }
    },
  },
}
