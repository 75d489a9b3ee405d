import type { Socket } from 'node:net'
import { clientFrame, countMessages, openSocket } from './wire.ts'

export interface Reading {
  url: string
  /** A subscription with its token; without one the socket just listens. */
  query?: string | undefined
  token?: string | undefined
  /** What its client calls the operation. */
  id: string
  counted: { messages: number; bytes: number }
  /** Gets each message after the handshake. */
  observe?: ((payload: Buffer) => void) | undefined
}

export interface Reader {
  socket: Socket
  /** Gives what comes from now on to somebody else. */
  hearBy(heard: (data: Buffer) => void): void
}

/** Plays one browser over a bare socket: signs in, and begins its subscription. */
export async function openReader({ url, query, token, id, counted, observe }: Reading): Promise<Reader> {
  let acknowledged: () => void = () => undefined
  const isIn = new Promise<void>((resolve) => (acknowledged = resolve))
  const whole = (payload: Buffer) => (payload.includes('"connection_ack"') ? acknowledged() : observe?.(payload))
  let heard = countMessages(counted, query || observe ? whole : undefined)
  const socket = await openSocket(url, {
    ...(query ? { protocol: 'graphql-transport-ws' } : {}),
    heard: (data) => heard(data),
  })
  socket.on('error', () => undefined)
  if (query) {
    socket.write(clientFrame(JSON.stringify({ type: 'connection_init', payload: { token } })))
    await isIn
    socket.write(clientFrame(JSON.stringify({ id, type: 'subscribe', payload: { query } })))
  }
  return { socket, hearBy: (next) => void (heard = next) }
}
