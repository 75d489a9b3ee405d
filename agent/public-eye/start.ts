import { randomInt } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { networkOf } from '../../shared/serve/address.ts'
import type { Edge, EdgeHost } from '../../shared/serve/graph-access.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { sendJson } from '../../shared/serve/door.ts'
import { PublicFeed } from './feed.ts'
import { VERSION } from './messages.ts'
import { publicSockets } from './sockets.ts'

const PATH = '/eye/ws'
/** What the page asks before it connects. */
const ABOUT = '/eye/about'
/** Hidden places are moved at least so far, and at most so much farther, in blocks. */
const SHIFT_FROM = 100_000
const SHIFT_RANGE = 1_000_000
const MS_A_SECOND = 1_000

const shiftOf = (): number => (SHIFT_FROM + randomInt(SHIFT_RANGE)) * (randomInt(2) ? 1 : -1)

/** Answers whether Mind's Eye is public, and how; false for every other address. */
const answerAbout = (about: object) => (request: IncomingMessage, response: ServerResponse, path: string) => {
  if (ownPath(path) !== ABOUT || (request.method !== 'GET' && request.method !== 'HEAD')) return Promise.resolve(false)
  sendJson(response, 200, { v: VERSION, ...about })
  return Promise.resolve(true)
}

/** The public socket of Mind's Eye, at `/eye/ws`: nothing at all unless it is switched on. */
export function startPublicEye({ graph, publicEye, log }: EdgeHost): Edge {
  if (!publicEye)
    return {
      handle: answerAbout({ on: false }),
      upgrade: () => false,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  const sockets = publicSockets(() => feed.whole(), log)
  const feed = new PublicFeed({
    caller: graph.publicCaller,
    delayMs: publicEye.delayMs,
    shift: publicEye.places === 'hidden' ? { x: shiftOf(), z: shiftOf() } : null,
    log,
    send: (messages) => sockets.send(messages),
  })
  const { delayMs, places } = publicEye
  return {
    handle: answerAbout({ on: true, delay_s: delayMs / MS_A_SECOND, places }),
    upgrade(request, socket, head, path) {
      if (ownPath(path) !== PATH) return false
      sockets.upgrade(request, socket, head, networkOf(graph.addressOf(request)))
      return true
    },
    async [Symbol.asyncDispose]() {
      await feed[Symbol.asyncDispose]()
      await sockets[Symbol.asyncDispose]()
    },
  }
}
