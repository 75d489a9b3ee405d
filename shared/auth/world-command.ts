import {
  COMMAND_PATIENCE_MS,
  worldCommandTopic,
  worldReplyTopic,
  type WorldCommand,
  type WorldReply,
} from '../contract/world-commands.ts'
import { takePaced } from '../db/paces.ts'
import type { Pool } from '../db/pool.ts'
import { askOnce } from '../pubsub/ask.ts'
import type { PubSub } from '../pubsub/pubsub.ts'
import { closeEntry, keepEntry, type AuditBy } from './audit.ts'

const COMMANDS_A_MINUTE = 60

/** Why a command was not sent on, for the sender. */
export const refusedCommands = {
  TOO_MANY_TRIES: 'You sent too many commands within a minute.',
  NOT_FOUND: 'No world of this name is running.',
} as const

/**
 * Sends a command to the bot of a world and waits for its reply, six seconds at most. Stored in the audit.
 * @returns TOO_MANY_TRIES beyond 60 a minute, NOT_FOUND where no process runs the world: at once if none does since one
 *   ended
 */
export async function sendWorldCommand(
  pool: Pool,
  pubsub: PubSub,
  by: AuditBy,
  command: WorldCommand,
): Promise<WorldReply | 'TOO_MANY_TRIES' | 'NOT_FOUND'> {
  const isPaced = await takePaced(pool, `world commands ${by.kind} ${by.id}`, 1, COMMANDS_A_MINUTE)
  if (!isPaced) return 'TOO_MANY_TRIES'
  const { id, world, action, target, center, radius } = command
  const details = { action, target, center, radius }
  const entry = await keepEntry(pool, { by, action: 'commandWorld', subject: world, details }, null)
  const reply = (await isRun(pool, world))
    ? await askOnce<WorldReply>(pubsub, {
        topic: worldCommandTopic(world),
        replyTopic: worldReplyTopic(id),
        event: command,
        patienceMs: COMMAND_PATIENCE_MS,
      })
    : null
  await closeEntry(pool, entry, reply ? (reply.ok ? 'OK' : 'FAILED') : 'NOT_FOUND')
  return reply ?? 'NOT_FOUND'
}

/** Whether a process leads a world, or was killed while it did. */
async function isRun(pool: Pool, world: string): Promise<boolean> {
  return (await pool.query('select from world_leaders where world = $1', [world])).rowCount === 1
}
