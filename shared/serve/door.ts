import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** What a room shows to the outside. Several doors can share one port. */
export interface Door extends AsyncDisposable {
  name: string
  /** Answers a request, or says by `false` that it is somebody else's. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean | Promise<boolean>
  /** Takes a WebSocket upgrade, or says by `false` that it is somebody else's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, path: string): boolean
  /** What it still waits for; null when it is ready. */
  waitsFor(): Promise<string | null>
  /** Seconds that work in progress takes, once it is slow; else null. Shown by /readyz. */
  slowSeconds?(): number | null
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(text)
}

/** Answers an upgrade that is not taken, and closes. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
