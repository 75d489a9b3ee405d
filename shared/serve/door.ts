import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { fault, statusOf, type ErrorCode } from '../errors.ts'

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
  /** Parts behind it that do not answer, by name; what they know is missing, the rest works. Shown by /readyz. */
  missing?(): readonly string[]
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string | string[]> = {},
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

/** Answers an upgrade that is not taken with the error of a code, and closes. */
export function refuseUpgrade(socket: Duplex, code: ErrorCode): void {
  const { message, extensions } = fault(code)
  const body = JSON.stringify({ errors: [{ message, extensions }] })
  const status = statusOf(code)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
