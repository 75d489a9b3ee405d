// The public WebSocket: anybody may watch, within limits that apply before the upgrade.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { ConnectionLimiter } from '../../shared/serve/connection-limiter.ts'
import { refuseUpgrade } from '../../shared/serve/door.ts'
import type { Log } from '../../shared/log.ts'
import { VERSION } from './messages.ts'

export const MAX_CONNECTIONS = 100
export const MAX_PER_ADDRESS = 5
const MAX_MESSAGE_BYTES = 1_024
/** What may wait for one slow reader before it is closed, in bytes. */
const MAX_WAITING_BYTES = 1024 * 1024
const BEAT_MS = 30_000
/** The least time between two whole squares for one reader, in milliseconds. */
const RESYNC_MS = 1_000
const GOING_AWAY = 1001

export interface PublicSockets extends AsyncDisposable {
  /** @param address where the connection comes from */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void
  /** Sends messages to everybody. */
  send(messages: readonly string[]): void
}

/** @param whole the messages that somebody who comes, or missed something, is sent */
export function publicSockets(whole: () => readonly string[], log: Log): PublicSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const enter = places()
  const alive = new WeakSet<WebSocket>()
  const beat = setInterval(() => {
    for (const ws of server.clients) {
      if (!alive.has(ws)) ws.terminate()
      alive.delete(ws)
      ws.ping()
    }
  }, BEAT_MS).unref()

  function letIn(ws: WebSocket): void {
    alive.add(ws)
    let sentAt = 0
    let next: NodeJS.Timeout | undefined
    const sendWhole = () => {
      next = undefined
      sentAt = performance.now()
      for (const text of whole()) ws.send(text)
    }
    ws.on('pong', () => alive.add(ws))
    ws.on('error', (error) => log.debug({ error }, 'a socket of the public page'))
    ws.once('close', () => clearTimeout(next))
    ws.on('message', (data: Buffer, isBinary) => {
      if (isBinary || !isResync(data)) return
      // One that comes too soon is answered later: its sender lacks something until then.
      next ??= setTimeout(sendWhole, Math.max(0, sentAt + RESYNC_MS - performance.now())).unref()
    })
    sendWhole()
  }

  return {
    upgrade(request, socket, head, address) {
      const leave = enter(address)
      if (!leave) return refuseUpgrade(socket, 'TOO_MANY_STREAMS')
      socket.once('close', leave)
      server.handleUpgrade(request, socket, head, letIn)
    },
    send(messages) {
      for (const text of messages) {
        const bytes = Buffer.from(text)
        for (const ws of server.clients) {
          if (ws.bufferedAmount > MAX_WAITING_BYTES) ws.terminate()
          else if (ws.readyState === ws.OPEN) ws.send(bytes, { binary: false })
        }
      }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat)
      for (const ws of server.clients) ws.close(GOING_AWAY, 'Overlord stops')
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          for (const ws of server.clients) ws.terminate()
        }, 1_000).unref()
        server.close(() => resolve())
        if (!server.clients.size) resolve()
      })
    },
  }
}

/** Takes a place for an address; null at a limit. What it gives frees the place. */
function places(): (address: string) => (() => void) | null {
  const all = new ConnectionLimiter(MAX_CONNECTIONS)
  const perAddress = new ConnectionLimiter(MAX_PER_ADDRESS)
  return (address) => {
    const leaveAll = all.take('all')
    const leaveAddress = leaveAll && perAddress.take(address)
    if (!leaveAll || !leaveAddress) {
      leaveAll?.()
      return null
    }
    return () => {
      leaveAddress()
      leaveAll()
    }
  }
}

/** Whether a reader asks for the whole square again. Anything else, and other versions, are ignored. */
function isResync(data: Buffer): boolean {
  try {
    const { v, type } = JSON.parse(data.toString('utf8')) as { v?: unknown; type?: unknown }
    return v === VERSION && type === 'resync'
  } catch {
    return false
  }
}
