// The original's /ws/live, for clients that were written for it.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { refuseUpgrade } from '../../../shared/serve/door.ts'
import type { EdgeHost, GraphArrival, GraphCaller } from '../../../shared/serve/graph-access.ts'
import { askerFor } from '../ask.ts'
import { liveClient } from './client.ts'
import { Feed, type Reader } from './feed.ts'

const MAX_MESSAGE_BYTES = 64 * 1024
const BEAT_MS = 30_000
/** Signed out, or the role is another one by now: come again. */
const FORBIDDEN = 4403
const TOO_MANY = 4429
const GOING_AWAY = 1001
export interface LiveSockets extends AsyncDisposable {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

// eslint-disable-next-line max-lines-per-function -- sources are shared by all sockets of the room
export function openLiveSockets({ graph, log }: EdgeHost): LiveSockets {
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

  function join(caller: GraphCaller, reader: Reader): { feed: Feed; leave: () => void } {
    const { rights } = caller
    const feed = feeds.get(rights) ?? new Feed(caller.withoutPerson, log)
    feeds.set(rights, feed)
    feed.add(reader)
    return {
      feed,
      leave: () => {
        if (feed.remove(reader) && feeds.get(rights) === feed) feeds.delete(rights)
      },
    }
  }

  function serve(ws: WebSocket, arrival: GraphArrival): void {
    const connection = arrival.enter(() => ws.close(FORBIDDEN, 'Signed out'))
    ws.on('error', (error) => log.debug({ error }, 'old live socket'))
    if (!connection) return ws.close(TOO_MANY, 'Too many connections')
    alive.add(ws)
    ws.on('pong', () => alive.add(ws))
    const reader = liveClient({
      ws,
      asker: () => askerFor(connection.caller()),
      resettled: () => joined.feed.settle(),
    })
    const joined = join(connection.caller(), reader)
    ws.once('close', () => {
      connection.leave()
      joined.leave()
    })
  }

  return {
    async upgrade(request, socket, head) {
      try {
        const token = new URL(request.url ?? '/', 'http://here.invalid').searchParams.get('token') ?? undefined
        const arrival = await graph.arrivalOf(request, token)
        if ('refused' in arrival) return refuseUpgrade(socket, arrival.refused)
        if (socket.destroyed) return arrival.leave()
        socket.once('close', arrival.leave)
        server.handleUpgrade(request, socket, head, (ws) => serve(ws, arrival))
      } catch (error) {
        log.warn({ error }, 'an old client could not be let in')
        refuseUpgrade(socket, 'NOT_READY')
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
