import { createHash, randomUUID } from 'node:crypto'
import { fault } from '../../../shared/errors.ts'
import { listCharacters, mayActFor, type CharacterRow, type Onlooker } from '../character/store.ts'
import { isUuid, type Context } from '../context.ts'
import { roleIn } from '../session/store.ts'
import { writeSession } from '../session/write-session.ts'
import { findTurn, nextTurnOf, turnUnderWay, type TurnRow } from './store.ts'
import { BEGUN_TOPIC } from './topics.ts'

/** Characters of a message. */
const LONGEST_MESSAGE = 4_000
const LONGEST_CLIENT_ID = 100

export interface Said {
  sessionId: string
  message: string
  characterId?: string | null | undefined
  clientId?: string | null | undefined
  traceId?: string | null | undefined
}

/**
 * Begins a turn: its dice were committed to before, and are salted with what was said.
 * @throws BAD_USER_INPUT, FORBIDDEN for the character of somebody else, SESSION_BUSY while a turn is under way
 */
export async function say(context: Context, said: Said): Promise<TurnRow> {
  const { viewer } = context
  const { sessionId, characterId = null, clientId = null } = said
  const message = textOf(said)
  const traceId = said.traceId ?? randomUUID()
  return writeSession(context, sessionId, async (session) => {
    const { client } = session
    const role = await roleIn(client, sessionId, viewer.id)
    if (role === null) throw fault('NOT_FOUND', 'There is no such session.')
    if (await turnUnderWay(client, sessionId))
      throw fault('SESSION_BUSY', 'A turn is under way in this session. Wait for its end.', { retryAfter: 1 })
    const character = actorOf({ userId: viewer.id, role }, await listCharacters(client, sessionId), characterId)
    const { id, secret, commitment } = await nextTurnOf(client, sessionId)
    const salt = createHash('sha256')
      .update(`${clientId ?? ''}\n${message}`)
      .digest('hex')
    await client.query(
      `insert into gm_turns (id, session_id, user_id, character_id, message, client_id, trace, secret, commitment, salt)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, sessionId, viewer.id, character?.id ?? null, message, clientId, traceId, secret, commitment, salt],
    )
    const by = { by: viewer.name, character: character?.name ?? null, clientId }
    const payload = { content: 'GM is thinking...', message, ...by, commitment, salt }
    session.add({ turnId: id, kind: 'PROCESSING', payload, traceId })
    const turn = await findTurn(client, id)
    return { result: turn!, publish: [[BEGUN_TOPIC, { turnId: id, sessionId }]] }
  })
}

function textOf({ message, clientId, traceId }: Said): string {
  const text = message.trim().toWellFormed()
  if (!text || message.length > LONGEST_MESSAGE || message.includes('\0'))
    throw fault('BAD_USER_INPUT', 'A message has 1 to 4,000 characters.')
  if (clientId != null && (clientId.length > LONGEST_CLIENT_ID || clientId.includes('\0')))
    throw fault('BAD_USER_INPUT', `\`clientId\` has at most ${LONGEST_CLIENT_ID} characters.`)
  if (traceId != null && !isUuid(traceId)) throw fault('BAD_USER_INPUT', '`traceId` is a UUID.')
  return text
}

/** The character that acts: the one named, else the first that the person plays, else for a game master none. */
function actorOf(onlooker: Onlooker, characters: readonly CharacterRow[], id: string | null): CharacterRow | null {
  if (id === null) {
    const own = characters.find(({ playerId }) => playerId === onlooker.userId)
    const first = onlooker.role === 'GM' ? characters.find(({ isOpponent }) => !isOpponent) : undefined
    return own ?? first ?? null
  }
  const found = characters.find((one) => one.id === id.toLowerCase())
  if (!found) throw fault('NOT_FOUND', 'There is no such character in this session.')
  if (!mayActFor(onlooker, found)) throw fault('FORBIDDEN', 'You may not act for this character.')
  return found
}
