import type { RawData, WebSocket } from 'ws'
import type { Log } from '../../shared/log.ts'
import { counters } from '../counters.ts'
import type { Intake } from '../intake.ts'
import type { Writer } from '../writer/writer.ts'

/** One plugin's connection. */
export interface PluginSocket {
  /** The character it speaks for, once registered. */
  character(): string | null
  /** The game server it named, once registered. */
  server(): string | null
  /** When it registered, in milliseconds since 1970 with a fraction; 0 while it has not. */
  registeredAt(): number
  /** Passes a text on; a plugin that does not read is passed over and counted, and gets `false`. */
  send(text: string): boolean
  resume(): void
  /** Asks for a sign of life; one that gave none since the last beat is cut. */
  beat(): void
  /** Settles once it is closed; one that does not answer is cut. */
  close(code: number, reason: string): Promise<void>
}

const CLOSE_MS = 1_000
const MAX_UNREAD_BYTES = 1024 * 1024

export interface PluginSocketOptions {
  ws: WebSocket
  intake: Intake
  writer: Writer
  log: Log
  share: (text: string) => void
  /** It registered; `before` is the character it spoke for until then. */
  registered: (before: string | null) => void
}

export function pluginSocket({
  ws,
  intake,
  writer,
  log,
  share,
  registered: tellRegistered,
}: PluginSocketOptions): PluginSocket {
  let character: string | null = null
  let server: string | undefined
  let registered = 0
  let alive = true

  ws.on('pong', () => (alive = true))
  ws.on('message', (data: RawData) => {
    alive = true
    const text = textOf(data)
    const taken = intake.take(text, server)
    if (taken.registers) {
      const before = character
      character = taken.registers.character_name
      registered = performance.timeOrigin + performance.now() // wall time: compared between processes
      server = taken.registers.server ?? server
      log.info({ character }, 'plugin registered')
      tellRegistered(before)
    }
    if (taken.shares) share(text)
    if (writer.full() && !ws.isPaused) ws.pause() // TCP holds the sender back until the database has caught up
  })

  return {
    character: () => character,
    server: () => server ?? null,
    registeredAt: () => registered,
    send(text) {
      if (ws.readyState !== ws.OPEN) return false
      if (ws.bufferedAmount > 0 && ws.bufferedAmount + text.length > MAX_UNREAD_BYTES) {
        counters.dropped.inc({ reason: 'plugin_does_not_read' })
        return false
      }
      ws.send(text)
      return true
    },
    resume() {
      if (ws.isPaused) ws.resume()
    },
    beat() {
      if (ws.isPaused) return
      if (!alive) return ws.terminate()
      alive = false
      ws.ping()
    },
    close(code, reason) {
      return new Promise((resolve) => {
        const fuse = setTimeout(() => ws.terminate(), CLOSE_MS)
        ws.once('close', () => {
          clearTimeout(fuse)
          resolve()
        })
        ws.resume()
        ws.close(code, reason)
      })
    },
  }
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8')
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data).toString('utf8')
}
