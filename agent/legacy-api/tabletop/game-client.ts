// One client of the game's protocol: its messages become mutations, events of the graph become its messages.
import { randomUUID } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import type { Log } from '../../../shared/log.ts'
import { inTraceOfUuid } from '../../../shared/trace/spans.ts'
import { Refusal, type Ask, type Follow } from '../ask.ts'
import { gameError, turnError } from './errors.ts'
import { GameFacadeAddDocument } from './game-add.mutation.gen.ts'
import { GameFacadeEventsDocument, type GameFacadeEventsSubscription } from './game-events.subscription.gen.ts'
import { GameFacadeRemoveDocument } from './game-remove.mutation.gen.ts'
import { GameFacadeSayDocument } from './game-say.mutation.gen.ts'
import { GameFacadeSessionDocument } from './game-session.query.gen.ts'
import { sessionNamed } from './sessions.ts'

/** Messages of one client that wait for their turn. */
const MAX_WAITING = 50
const REFUSED = 4404

export interface GameClientOptions {
  ws: WebSocket
  /** As the address names it. */
  session: string
  /** The trace of the upgrade. */
  trace: string
  /** Whether the client named that trace: then it is the trace of all its messages too. */
  isTraced: boolean
  /** Asks as who it is by now. */
  asker(): Ask
  follower(): Follow
  log: Log
}

type Message = Record<string, unknown>
type GameEvent = GameFacadeEventsSubscription['gmEvents']

/** Serves a client until its socket closes; gives what ends that. */
// eslint-disable-next-line max-lines-per-function -- what one client has open, changed by each message
export function gameClient({
  ws,
  session: name,
  trace: own,
  isTraced,
  asker,
  follower,
  log,
}: GameClientOptions): () => void {
  let waiting = 0
  let events: AsyncIterableIterator<GameFacadeEventsSubscription> | null = null
  let isOver = false
  const send = (message: Message) => void (ws.readyState === ws.OPEN && ws.send(JSON.stringify(message)))

  function refuse(cause: unknown, trace: string): void {
    if (!(cause instanceof Refusal)) log.error({ error: cause, trace }, 'the protocol of the game failed')
    const { error } = gameError(cause, trace, new Date())
    log.info({ trace, code: error.code }, 'refused a message of the game')
    send({ type: 'error', content: `Error: ${error.message}`, trace_id: trace, error })
  }

  async function open(): Promise<string> {
    const { id } = await sessionNamed(asker(), name)
    const { gmSession } = await asker()(GameFacadeSessionDocument, { id })
    // After what is stored already, so that nothing is lost before the stream listens.
    const afterId = gmSession?.events.nodes[0]?.id ?? '0'
    events = await follower()(GameFacadeEventsDocument, { sessionId: id, afterId })
    send({ type: 'system', content: `Connected to session ${name}`, session_id: name, id, trace_id: own })
    log.info({ trace: own, session: id }, 'opened a socket of the game')
    void pass(events).catch((error: unknown) => !isOver && refuse(error, own))
    return id
  }
  async function pass(from: AsyncIterableIterator<GameFacadeEventsSubscription>): Promise<void> {
    for await (const { gmEvents } of from) {
      const message = messageOf(gmEvents)
      if (message) send(message)
    }
    ws.close(REFUSED, 'The session has ended')
  }

  async function answer(sessionId: string, message: Message, traceId: string): Promise<void> {
    const ask = asker()
    const { type, message: text, character } = message
    if (type === 'chat' && typeof text === 'string')
      return void (await ask(GameFacadeSayDocument, { input: { sessionId, message: text, traceId } }))
    if (type === 'add_character' && typeof character === 'string')
      return void (await ask(GameFacadeAddDocument, { input: { sessionId, character } }))
    if (type === 'remove_character' && typeof character === 'string')
      return void (await ask(GameFacadeRemoveDocument, { input: { sessionId, character } }))
    if (type !== 'get_session_info')
      throw new Refusal(
        'BAD_USER_INPUT',
        'Send chat with message, add_character or remove_character with character, or get_session_info.',
      )
    const { gmSession } = await ask(GameFacadeSessionDocument, { id: sessionId })
    if (!gmSession) throw new Refusal('NOT_READY')
    const characters = gmSession.characters.map((one) => one.name)
    send({ type: 'session_info', session_id: name, characters, message_count: gmSession.turnCount, trace_id: traceId })
  }

  const opened = inTraceOfUuid('game socket', own, open)
  opened.catch((error: unknown) => {
    refuse(error, own)
    ws.close(REFUSED, 'No session')
  })
  let last: Promise<unknown> = opened.catch(() => undefined)
  ws.on('message', (data: RawData, isBinary) => {
    const trace = isTraced ? own : randomUUID()
    if (waiting >= MAX_WAITING) return refuse(new Refusal('TOO_MANY_TRIES', 'Wait for answers first.'), trace)
    waiting++
    last = last
      .then(async () => {
        const id = await opened
        const message = read(data, isBinary)
        await inTraceOfUuid('game message', trace, () => answer(id, message, trace))
        log.info({ trace, session: id, type: message['type'] }, 'answered a message of the game')
      })
      .catch((error: unknown) => refuse(error, trace))
      .finally(() => void waiting--)
  })
  return () => {
    isOver = true
    void events?.return?.()
  }
}

const TYPES: Partial<Record<GameEvent['kind'], string>> = {
  SYSTEM: 'system',
  PRESENCE: 'system',
  PROCESSING: 'processing',
  NARRATIVE: 'narrative',
  TOOL_EXECUTION: 'tool_execution',
  TOOL_RESULT: 'tool_result',
  COMPLETE: 'complete',
  ERROR: 'error',
}

/** An event as the protocol has it; undefined for kinds that it does not know. */
function messageOf({ id, kind, payload, at, traceId }: GameEvent): Message | undefined {
  const type = TYPES[kind]
  if (type === undefined) return undefined
  const given = payload as Message
  const beside = { type, seq: Number(id), trace_id: traceId }
  switch (kind) {
    case 'TOOL_EXECUTION':
      return { ...beside, tools: given['tools'] }
    case 'TOOL_RESULT':
      return {
        ...beside,
        tool: given['tool'],
        result: given['ok'] === true ? given['result'] : { error: given['error'] },
      }
    case 'ERROR': {
      const error = turnError(given['code'], given['content'], traceId, new Date(at))
      return { ...beside, content: given['content'], error }
    }
    case 'NARRATIVE':
      // Clients that know the fields mark what nothing vouches for, and what the game master alone receives; others
      // pass over them.
      return {
        ...beside,
        content: given['content'],
        ...(given['unwitnessed'] !== undefined && { unwitnessed: given['unwitnessed'] }),
        ...(given['isPrivate'] === true && { is_private: true }),
      }
    case 'PRESENCE':
      return { ...beside, content: `${String(given['name'])} ${given['joined'] === true ? 'joined' : 'left'}` }
    default:
      return { ...beside, content: given['content'] }
  }
}

function read(data: RawData, isBinary: boolean): Message {
  try {
    const message: unknown = isBinary ? null : JSON.parse((data as Buffer).toString('utf8'))
    if (typeof message === 'object' && message !== null && !Array.isArray(message)) return message as Message
  } catch {
    // falls through to the one refusal below
  }
  throw new Refusal('BAD_USER_INPUT', 'A message is a JSON object, sent as text.')
}
