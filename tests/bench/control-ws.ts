// A bare WebSocket server: parses what plugins send to /plugin, validates it on request, and passes it on unchanged to
// the clients at /listen.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as whole } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'
import { decode } from './ingest/decode.ts'

const { checks = false } = (JSON.parse(await whole(process.stdin)) ?? {}) as { checks?: boolean }
let frames = 0
const listeners = new Set<WebSocket>()
const http = createServer((_, response) => {
  const { user, system } = process.cpuUsage()
  response.end(JSON.stringify({ frames, cpuSeconds: (user + system) / 1e6 }))
})
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 16 * 1024 * 1024 })
sockets.on('connection', (socket, request) => {
  if (request.url === '/listen') {
    listeners.add(socket)
    socket.on('close', () => listeners.delete(socket))
    return
  }
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8')
    const frame: unknown = checks ? decode(text) : JSON.parse(text)
    if (frame !== null) frames++
    for (const listener of listeners) listener.send(text)
  })
})
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
