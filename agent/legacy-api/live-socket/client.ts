import { LegacyApiCommandDocument } from './command.mutation.gen.ts'
import { LegacyApiDungeonDocument } from './dungeon.query.gen.ts'
import type { RawData, WebSocket } from 'ws'
import { faultBody, isErrorCode } from '../../../shared/errors.ts'
import { Refusal, type Ask } from '../ask.ts'
import type { Reader } from './feed.ts'

/** What may wait for a client that reads slowly; beyond it frames pass it by. */
const MAX_UNREAD_BYTES = 1024 * 1024
/** Messages of one client that wait for their turn. */
const MAX_WAITING = 100
const MAX_TYPES = 100

export interface ClientOptions {
  ws: WebSocket
  /** Asks as who it is by now. */
  asker(): Ask
  /** It wants other frames from now on. */
  resettled(): void
}

/** An old client: reads frames, and asks for things in its own words. What it asks is answered to it alone. */
// eslint-disable-next-line max-lines-per-function -- what one client watches, changed by each message
export function liveClient({ ws, asker, resettled }: ClientOptions): Reader {
  let skipped = 0
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  const say = (body: Record<string, unknown>) => ws.readyState === ws.OPEN && ws.send(JSON.stringify(body))
  const reader: Reader = {
    wanted: null,
    take(text) {
      if (ws.readyState !== ws.OPEN) return
      if (ws.bufferedAmount > 0 && ws.bufferedAmount + text.length > MAX_UNREAD_BYTES) return void skipped++
      if (skipped) say({ type: 'skipped', count: skipped })
      skipped = 0
      ws.send(text)
    },
  }

  async function answer(message: Record<string, unknown>): Promise<void> {
    const { type, player_name: player, command, landblock, message_types: types } = message
    if (type === 'subscribe') return subscribe(types)
    if (type === 'request_dungeon_map' && typeof landblock === 'string') return tellDungeon(landblock)
    if (typeof player === 'string' && typeof command === 'string') return send(player, command)
    throw new Refusal('BAD_USER_INPUT', 'Send subscribe, request_dungeon_map, or player_name and command.')
  }

  function subscribe(types: unknown): void {
    const isList = Array.isArray(types) && types.length <= MAX_TYPES && types.every((type) => typeof type === 'string')
    if (types != null && !isList)
      throw new Refusal('BAD_USER_INPUT', `\`message_types\` is null, or a list of at most ${MAX_TYPES} names.`)
    reader.wanted = isList ? new Set(types as string[]) : null
    resettled()
  }

  async function tellDungeon(landblock: string): Promise<void> {
    const { dungeonMap } = await asker()(LegacyApiDungeonDocument, { landblock })
    if (!dungeonMap) throw new Refusal('NOT_FOUND', `The floors of ${landblock.slice(0, 16)} are not known.`)
    say({
      type: 'dungeon_map',
      landblock: dungeonMap.landblock,
      z_levels: dungeonMap.levels.map(({ z, cells }) => ({
        z,
        cells: cells.map(({ envId, x, y, rotation }) => ({ env_id: envId, x, y, rotation })),
      })),
    })
  }

  async function send(character: string, command: string): Promise<void> {
    const { sendCommand } = await asker()(LegacyApiCommandDocument, { input: { character, command } })
    say({ type: 'command_result', player_name: character, outcome: sendCommand.outcome.toLowerCase() })
  }

  function complain(error: unknown): void {
    const { code, message } = error instanceof Refusal ? error : new Refusal('INTERNAL_SERVER_ERROR')
    const known = isErrorCode(code) ? faultBody(code, message || undefined).body.error : null
    say({
      type: 'error',
      ...(known ?? { code, message: 'Something went wrong here.', hint: 'Try again in a moment.' }),
    })
  }

  ws.on('message', (data: RawData, isBinary) => {
    if (waiting >= MAX_WAITING) return complain(new Refusal('TOO_MANY_TRIES', 'Wait for answers before you ask on.'))
    waiting++
    last = last
      .then(() => answer(read(data, isBinary)))
      .catch(complain)
      .finally(() => void waiting--)
  })
  return reader
}

function read(data: RawData, isBinary: boolean): Record<string, unknown> {
  try {
    const message: unknown = isBinary ? null : JSON.parse((data as Buffer).toString('utf8'))
    if (typeof message === 'object' && message !== null && !Array.isArray(message))
      return message as Record<string, unknown>
  } catch {
    // falls through to the one refusal below
  }
  throw new Refusal('BAD_USER_INPUT', 'A message is a JSON object, sent as text.')
}
