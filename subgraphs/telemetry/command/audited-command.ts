import { GraphQLError, type GraphQLFieldResolver } from 'graphql'
import { COMMAND_AUDIT_TOPIC, type CommandOutcome } from '../../../shared/contract/commands.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { SendCommandInput } from '../generated/resolvers.ts'
import { closeAudit, openAudit } from './audit.ts'

const MAX_CHARACTERS = 512
const MAX_NAME_LENGTH = 64

type Send = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>

/**
 * Stores an entry of every command before it is sent, of those too that the viewer is then refused. A viewer who
 * sends too many is refused first, and so is what cannot be a command.
 */
export function auditedCommand(_mutation: string, send: Send): Send {
  return async (parent, args, context, info) => {
    const { viewer, audits, rateLimiter } = context
    const { character, command } = (args as { input: SendCommandInput }).input
    if (!(await rateLimiter.take(`${viewer.kind} ${viewer.id}`)))
      throw fault('TOO_MANY_TRIES', 'You sent too many commands within a minute.')
    const fits = command.trim() && command.length <= MAX_CHARACTERS && character && character.length <= MAX_NAME_LENGTH
    if (!fits || /\0/.test(command + character))
      throw fault('BAD_USER_INPUT', `A command has 1 to ${MAX_CHARACTERS} characters, a name 1 to ${MAX_NAME_LENGTH}.`)
    const commandId = await openAudit(audits, viewer, character.toWellFormed(), command.toWellFormed())
    try {
      return await send(parent, args, Object.assign(Object.create(context) as Context, { commandId }), info)
    } catch (error) {
      if (error instanceof GraphQLError && error.extensions['code'] === 'FORBIDDEN')
        await closeCommand(context, commandId, 'NOT_ALLOWED', null)
      throw error
    }
  }
}

/** Stores the outcome of a command and publishes it. */
export async function closeCommand(
  { audits, pubsub }: Context,
  id: string,
  outcome: CommandOutcome,
  node: string | null,
): Promise<void> {
  pubsub.publish(COMMAND_AUDIT_TOPIC, await closeAudit(audits, id, outcome, node))
}
