// WebSockets of the legacy protocols: who comes is known before they are let in, and silent ones are closed.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { refuseUpgrade } from '../../shared/serve/door.ts'
import type { EdgeHost, GraphArrival, GraphConnection } from '../../shared/serve/graph-access.ts'

const MAX_MESSAGE_BYTES = 64 * 1024
const BEAT_MS = 30_000
/** Signed out, or the role is another one by now: come again. */
const FORBIDDEN = 4403
const TOO_MANY = 4429
const GOING_AWAY = 1001

export interface SocketServer extends AsyncDisposable {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

/**
 * Lets clients in that the graph knows.
 * @param serve begins to answer one client, and gives what ends that when its socket has closed
 * @param headersOf lines of HTTP headers for the answer to an upgrade
 */
export function openSocketServer(
  { graph, log }: EdgeHost,
  serve: (ws: WebSocket, connection: GraphConnection, request: IncomingMessage) => () => void,
  headersOf: (request: IncomingMessage) => string[] = () => [],
): SocketServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  server.on('headers', (headers, request) => headers.push(...headersOf(request)))
  const alive = new WeakSet<WebSocket>()
  const beat = setInterval(() => {
    for (const ws of server.clients) {
      if (!alive.has(ws)) ws.terminate()
      alive.delete(ws)
      ws.ping()
    }
  }, BEAT_MS).unref()

  function letIn(ws: WebSocket, arrival: GraphArrival, request: IncomingMessage): void {
    const connection = arrival.enter(() => ws.close(FORBIDDEN, 'Signed out'))
    ws.on('error', (error) => log.debug({ error }, 'a socket of a legacy protocol'))
    if (!connection) return ws.close(TOO_MANY, 'Too many connections')
    alive.add(ws)
    ws.on('pong', () => alive.add(ws))
    const end = serve(ws, connection, request)
    ws.once('close', () => {
      connection.leave()
      end()
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
        server.handleUpgrade(request, socket, head, (ws) => letIn(ws, arrival, request))
      } catch (error) {
        log.warn({ error }, 'a client of a legacy protocol could not be let in')
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
