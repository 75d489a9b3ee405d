import { randomUUID } from 'node:crypto'
import { isAtLeast } from '../../../shared/auth/viewer.ts'
import {
  COMMAND_AUDIT_TOPIC,
  COMMAND_TOPIC,
  replyTopic,
  type CommandAuditEvent,
  type CommandEvent,
  type CommandOutcome,
  type CommandReply,
} from '../../../shared/contract/commands.ts'
import { fault } from '../../../shared/errors.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { checkPage, connection, readLastSeen } from '../../../shared/serve/connection.ts'
import { mustBe, type Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { auditsAfter, closeAudit, listAudit, openAudit } from './audit.ts'

const MOST_CHARACTERS = 512
const LONGEST_NAME = 64
const MOST = 500
/** Whoever holds the socket answers in milliseconds; nobody's silence means nobody holds it. */
const PATIENCE_MS = 1_500

async function ask(pubsub: PubSub, character: string, command: string): Promise<CommandReply | null> {
  const event: CommandEvent = { id: randomUUID(), character, command }
  let answered: (reply: CommandReply) => void = () => undefined
  const answer = new Promise<CommandReply>((resolve) => (answered = resolve))
  const stop = await pubsub.subscribe(replyTopic(event.id), (reply) => answered(reply as CommandReply))
  let fuse: NodeJS.Timeout | undefined
  const silence = new Promise<null>((resolve) => (fuse = setTimeout(() => resolve(null), PATIENCE_MS)))
  pubsub.publish(COMMAND_TOPIC, event)
  const reply = await Promise.race([answer, silence])
  clearTimeout(fuse)
  stop()
  return reply
}

async function close({ audits, pubsub }: Context, id: string, outcome: CommandOutcome, node: string | null) {
  const audit = await closeAudit(audits, id, outcome, node)
  pubsub.publish(COMMAND_AUDIT_TOPIC, audit)
  return audit
}

export const commandResolvers: Resolvers = {
  Query: {
    async commandAudit(_, page, context) {
      mustBe('admin', context)
      checkPage(page, MOST)
      const { rows, totalCount } = await listAudit(context.pool, page)
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
  },
  CommandAudit: {
    viewer: ({ viewerName }) => viewerName,
    characterName: ({ character }) => character,
  },
  Subscription: {
    commandAudited: {
      subscribe(_, { after }, context) {
        mustBe('admin', context)
        readLastSeen(after, 'a command')
        return startingWith<CommandAuditEvent>({
          pubsub: context.pubsub,
          part: context.part,
          topics: [COMMAND_AUDIT_TOPIC],
          ...(after == null ? {} : { look: () => auditsAfter(context.pool, after) }),
          follow: (event) => ((event as CommandAuditEvent).id === after ? undefined : (event as CommandAuditEvent)),
          newness: { key: (row) => row.id, version: (row) => row.id },
        })
      },
      resolve: (event: unknown) => event as CommandAuditEvent,
    },
  },
  Mutation: {
    async sendCommand(_, { character, command }, context) {
      const { viewer, pubsub, audits, presence, pace } = context
      if (!(await pace.take(`${viewer.kind} ${viewer.id}`)))
        throw fault('TOO_MANY_TRIES', 'You sent too many commands within a minute.')
      const fits = command.trim() && command.length <= MOST_CHARACTERS && character && character.length <= LONGEST_NAME
      if (!fits || /\0/.test(command + character))
        throw fault('BAD_USER_INPUT', `A command has 1 to ${MOST_CHARACTERS} characters, a name 1 to ${LONGEST_NAME}.`)
      const id = await openAudit(audits, viewer, character.toWellFormed(), command.toWellFormed())
      if (!isAtLeast(viewer, 'operator')) {
        await close(context, id, 'NOT_ALLOWED', null)
        throw fault('FORBIDDEN', 'Only operators and admins may send commands.')
      }
      const reply = await ask(pubsub, character, command)
      const holds = reply !== null || presence.of(character) !== undefined
      const outcome = reply?.delivered ? 'DELIVERED' : holds ? 'TIMED_OUT' : 'NOT_CONNECTED'
      await close(context, id, outcome, reply?.node ?? null)
      return { id, character: { name: character }, outcome }
    },
  },
}
