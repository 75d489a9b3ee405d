// `POST /command`: other programs send the bot of a world somewhere. Answered once it was there.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusedCommands, sendWorldCommand } from '../../shared/auth/world-command.ts'
import type { WorldReply } from '../../shared/contract/world-commands.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { sendJson } from '../../shared/serve/door.ts'
import type { KnownTokens } from './traces/known-tokens.ts'
import { badFields, readPosted, sendRefusal, type Refusal } from './traces/posted.ts'
import { readCommand } from './world/read-command.ts'

const PATH = '/command'
/** How soon there is room for another command of the sixty a minute, in seconds. */
const A_COMMAND_S = 1

export interface CommandDoorOptions {
  pool: Pool
  pubsub: PubSub
  tokens: KnownTokens
  /** The world that is meant where a command names none. */
  world: string | null
}

/** Answers `POST /command`; false for every other address. A token is needed from every address, loopback included. */
export function commandDoor({ pool, pubsub, tokens, world }: CommandDoorOptions) {
  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    if (path !== PATH) return false
    const answer = await run(request)
    if ('code' in answer) sendRefusal(response, answer)
    else sendJson(response, answer.ok ? 200 : 409, { ok: answer.ok, message: answer.message, result: answer.sight })
    return true
  }

  async function run(request: IncomingMessage): Promise<WorldReply | Refusal> {
    const posted = await readPosted(request, tokens, 'command')
    if ('code' in posted) return posted
    const command = readCommand(posted.value, world ?? '', randomUUID())
    if (typeof command === 'string') return badFields(command)
    const by = { kind: 'token' as const, id: posted.token.id, name: posted.token.name }
    const reply = await sendWorldCommand(pool, pubsub, by, command)
    if (reply === 'TOO_MANY_TRIES') return { code: reply, message: refusedCommands[reply], retryAfter: A_COMMAND_S }
    if (reply !== 'NOT_FOUND') return reply
    return {
      code: reply,
      message: refusedCommands[reply],
      hint: 'The setting WORLD names those that run.',
    }
  }
}
