// The original's /ws/live, for clients that were written for it.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { People } from '../../../shared/auth/people.ts'
import { rightsOf, withoutPerson, type Viewer } from '../../../shared/auth/viewer.ts'
import type { Log } from '../../../shared/log.ts'
import { refuseUpgrade } from '../../../shared/serve/door.ts'
import { addressOf } from '../../../shared/serve/address.ts'
import type { Origins } from '../../sign-in/origin.ts'
import type { Visitor, Visitors } from '../../sign-in/visitors.ts'
import { viewerNow, identify } from '../../sign-in/who.ts'
import type { Executes } from '../ask.ts'
import { liveClient } from './client.ts'
import { Feed, type Reader } from './feed.ts'

const MAX_MESSAGE_BYTES = 64 * 1024
const BEAT_MS = 30_000
/** Signed out, or the role is another one by now: come again. */
const FORBIDDEN = 4403
const TOO_MANY = 4429
const GOING_AWAY = 1001
const REFUSED = {
  UNAUTHENTICATED: '401 Unauthorized',
  BAD_TOKEN: '401 Unauthorized',
  FOREIGN_ORIGIN: '403 Forbidden',
} as const

export interface LiveSockets extends AsyncDisposable {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

export function openLiveSockets({
  executes,
  people,
  origins,
  visitors,
  log,
}: {
  executes: Executes
  people: People
  origins: Origins
  visitors: Visitors
  log: Log
}): LiveSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const feeds = new Map<string, Feed>()
  const alive = new WeakSet<WebSocket>()
  const beat = setInterval(() => {
    for (const ws of server.clients) {
      if (!alive.has(ws)) ws.terminate()
      alive.delete(ws)
      ws.ping()
    }
  }, BEAT_MS).unref()

  function join(viewer: Viewer, reader: Reader): { feed: Feed; leave: () => void } {
    const rights = rightsOf(viewer)
    const feed = feeds.get(rights) ?? new Feed(withoutPerson(viewer), executes, log)
    feeds.set(rights, feed)
    feed.add(reader)
    return {
      feed,
      leave: () => {
        if (feed.remove(reader) && feeds.get(rights) === feed) feeds.delete(rights)
      },
    }
  }

  function serve(ws: WebSocket, viewer: Viewer, again: () => Promise<Viewer | null>, asOf: number): void {
    const visitor: Visitor = { viewer, again, end: () => ws.close(FORBIDDEN, 'Signed out') }
    const leave = visitors.enter(visitor, asOf)
    ws.on('error', (error) => log.debug({ error }, 'old live socket'))
    if (!leave) return ws.close(TOO_MANY, 'Too many connections')
    alive.add(ws)
    ws.on('pong', () => alive.add(ws))
    const reader = liveClient({
      ws,
      viewer: () => visitor.viewer,
      asker: executes.asker,
      resettled: () => joined.feed.settle(),
    })
    const joined = join(viewer, reader)
    ws.once('close', () => {
      leave()
      joined.leave()
    })
  }

  return {
    async upgrade(request, socket, head) {
      const stand = visitors.connect(addressOf(request, origins))
      if (!stand) return refuseUpgrade(socket, '429 Too Many Requests')
      socket.once('close', stand)
      const asOf = visitors.changeCount()
      try {
        const token = new URL(request.url ?? '/', 'http://here.invalid').searchParams.get('token') ?? undefined
        const who = await identify(request, people, origins, token)
        if (socket.destroyed) return
        if ('refused' in who) return refuseUpgrade(socket, REFUSED[who.refused])
        const again = () => viewerNow(request, people, origins, token)
        server.handleUpgrade(request, socket, head, (ws) => serve(ws, who.viewer, again, asOf))
      } catch (error) {
        log.warn({ error }, 'an old client could not be let in')
        refuseUpgrade(socket, '503 Service Unavailable')
      }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat)
      for (const ws of server.clients) ws.close(GOING_AWAY, 'Overlord stops')
      await new Promise<void>((resolve) => {
        const fuse = setTimeout(() => {
          for (const ws of server.clients) ws.terminate()
        }, 1_000)
        server.close(() => resolve()) // settles once the last is gone
        if (!server.clients.size) resolve()
        fuse.unref()
      })
    },
  }
}
