// The addresses of the game's protocol: characters and sessions.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '../../../shared/serve/door.ts'
import type { EdgeHost } from '../../../shared/serve/graph-access.ts'
import { readJson } from '../../../shared/serve/json-body.ts'
import { askerFor, Refusal, type Ask } from '../ask.ts'
import { gameError } from './errors.ts'
import { GameFacadeCharactersDocument, type GameFacadeCharactersQuery } from './game-characters.query.gen.ts'
import { addressOf, createSession, sessionsOf } from './sessions.ts'
import { traceOf } from './trace.ts'

type Character = NonNullable<GameFacadeCharactersQuery['gmSamples']>[number]
type Answer = (ask: Ask, request: IncomingMessage, name: string) => Promise<{ status: number; body: unknown }>

/** An error with what belongs beside it. */
class Detailed extends Refusal {
  readonly details: Record<string, unknown>

  constructor(code: string, message: string, details: Record<string, unknown>) {
    super(code, message)
    this.details = details
  }
}

/**
 * The characters with a sheet that the caller may read: the samples, and those of the five sessions that were used
 * last. Of one name there is one, of the session used last.
 */
async function charactersOf(ask: Ask): Promise<readonly Character[]> {
  const { gmSamples, gmSessions } = await ask(GameFacadeCharactersDocument)
  if (!gmSamples || !gmSessions) throw new Refusal('NOT_READY')
  const played = gmSessions.nodes.flatMap(({ characters }) => characters).filter(({ sheet }) => sheet !== null)
  // A sample that is played keeps its place, with the sheet that is played.
  const all = new Map<string, Character>(gmSamples.map((one) => [one.name.toLowerCase(), one]))
  for (const one of played.toReversed()) all.set(one.name.toLowerCase(), one)
  return [...all.values()]
}

/** What is on the sheet of a character that exists. */
function sheetOf({ name, sheet }: Character): Record<string, unknown> {
  if (typeof sheet === 'object' && sheet !== null && !Array.isArray(sheet)) return sheet as Record<string, unknown>
  throw new Refusal('CHARACTER_LOAD_FAILED', `Character '${name}' cannot be read`)
}

function summary(one: Character) {
  const { name, streetName, isOpponent } = one
  const { archetype } = sheetOf(one)
  const character_type = isOpponent ? 'NPC' : 'Player Character'
  return { id: name, name: streetName ?? name, full_name: name, character_type, archetype }
}

async function listCharacters(ask: Ask) {
  return { status: 200, body: { characters: (await charactersOf(ask)).map(summary) } }
}

async function oneCharacter(ask: Ask, _: IncomingMessage, name: string) {
  const characters = await charactersOf(ask)
  const wanted = name.toLowerCase()
  const found =
    characters.find((one) => one.name.toLowerCase() === wanted) ??
    characters.find((one) => one.streetName?.toLowerCase() === wanted)
  if (found) return { status: 200, body: { ...summary(found), ...sheetOf(found) } }
  const known = characters.map((one) => one.streetName ?? one.name)
  throw new Detailed('NOT_FOUND', `Character '${name.slice(0, 80)}' not found`, { available_characters: known })
}

async function listSessions(ask: Ask) {
  const known = await sessionsOf(ask)
  const sessions = known.map(({ id, title, characters, turnCount, createdAt }) => ({
    session_id: addressOf(known, { id, title }),
    id,
    title,
    characters: characters.map((one) => one.name),
    message_count: turnCount,
    created_at: createdAt,
  }))
  return { status: 200, body: { sessions } }
}

async function newSession(ask: Ask, request: IncomingMessage) {
  const body = await readJson(request)
  if (typeof body === 'string') throw new Refusal(body)
  const { session_id: name } = body
  if (typeof name !== 'string') throw new Refusal('BAD_USER_INPUT', '`session_id` is a text of 1 to 80 characters.')
  const { id, createdAt } = await createSession(ask, name)
  return { status: 200, body: { session_id: name, id, created_at: createdAt } }
}

const ADDRESSES: readonly { pattern: RegExp; methods: Readonly<Record<string, Answer>> }[] = [
  { pattern: /^\/api\/characters$/, methods: { GET: listCharacters } },
  { pattern: /^\/api\/character\/([^/]{1,240})$/, methods: { GET: oneCharacter } },
  { pattern: /^\/api\/sessions$/, methods: { GET: listSessions, POST: newSession } },
]

/** Answers the addresses of the game's protocol; false for other ones. */
export function gameRequests({ graph, log }: EdgeHost) {
  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const own = ADDRESSES.map((address) => ({ address, match: address.pattern.exec(path) })).find(({ match }) => match)
    if (!own?.match) return false
    const trace = traceOf(request)
    response.setHeader('x-trace-id', trace)
    if (graph.allowOrigin(request, response, Object.keys(own.address.methods))) return true
    try {
      const answer = own.address.methods[request.method ?? '']
      if (!answer) {
        response.setHeader('allow', Object.keys(own.address.methods).join(', '))
        throw new Refusal('WRONG_METHOD')
      }
      const caller = await graph.callerOf(request)
      if ('refused' in caller) throw new Refusal(caller.refused)
      const { status, body } = await answer(askerFor(caller), request, nameIn(own.match))
      sendJson(response, status, body)
      log.info({ trace, method: request.method, path, status }, 'answered a request of the game')
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ error, trace }, 'the protocol of the game failed')
      const details = error instanceof Detailed ? error.details : {}
      const refused = gameError(error, trace, new Date(), details)
      sendJson(response, refused.status, { error: refused.error })
      log.info({ trace, method: request.method, path, status: refused.status }, 'refused a request of the game')
    }
    return true
  }
}

function nameIn([, part = '']: RegExpExecArray): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal('BAD_USER_INPUT', 'The name is no text.')
  }
}
