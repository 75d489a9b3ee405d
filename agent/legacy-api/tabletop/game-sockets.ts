import type { IncomingMessage } from 'node:http'
import type { EdgeHost } from '../../../shared/serve/graph-access.ts'
import { askerFor, followerFor } from '../ask.ts'
import { openSocketServer, type SocketServer } from '../socket-server.ts'
import { gameClient } from './game-client.ts'
import { namesTrace, traceOf } from './trace.ts'

/** The session in the address of a game's socket; null for another address, or one that is no text. */
export function gameIn(path: string): string | null {
  const part = /^\/game\/([^/]{1,240})$/.exec(path)?.[1]
  try {
    return part === undefined ? null : decodeURIComponent(part)
  } catch {
    return null
  }
}

/** The trace of each socket: that of its upgrade. */
const traces = new WeakMap<IncomingMessage, string>()

function traceOfSocket(request: IncomingMessage): string {
  const trace = traces.get(request) ?? traceOf(request)
  traces.set(request, trace)
  return trace
}

/** The sockets of the game's protocol, one session each. */
export const openGameSockets = (host: EdgeHost): SocketServer =>
  openSocketServer(
    host,
    (ws, connection, request) =>
      gameClient({
        ws,
        session: gameIn(new URL(request.url ?? '/', 'http://here.invalid').pathname) ?? '',
        trace: traceOfSocket(request),
        isTraced: namesTrace(request),
        asker: () => askerFor(connection.caller()),
        follower: () => followerFor(connection.caller()),
        log: host.log,
      }),
    (request) => [`X-Trace-ID: ${traceOfSocket(request)}`],
  )
