import type { EventEmitter } from 'node:events'
import { openSignedViewer, type SignedViewer } from '../auth/signed-viewer.ts'

/** A ping of the graphql-ws protocol that renews the viewer of its socket. */
export interface Renewal {
  type: 'ping'
  payload: { signedViewer: string }
}

/** A WebSocket, as far as it concerns us. */
interface Closable extends Pick<EventEmitter, 'on' | 'once'> {
  close(code: number, reason: string): void
}

/** Longer ones are no renewals. */
const MAX_BYTES = 8_192
const FORBIDDEN = 4403

/**
 * Closes a socket when the signed viewer it was opened with expires. A ping with the same viewer, signed later, puts
 * that off.
 */
export function endWithViewer(socket: Closable, key: string, opened: SignedViewer): void {
  const same = JSON.stringify(opened.viewer)
  let { until } = opened
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    clearTimeout(timer)
    timer = setTimeout(() => socket.close(FORBIDDEN, 'Forbidden'), Math.max(until - Date.now(), 0)).unref()
  }
  arm()
  socket.once('close', () => clearTimeout(timer))
  socket.on('message', (data: Buffer) => {
    const renewed = openSignedViewer(key, renewalIn(data), Date.now())
    if (!renewed || renewed.until <= until || JSON.stringify(renewed.viewer) !== same) return
    until = renewed.until
    arm()
  })
}

/** The signed viewer of a renewal; undefined for every other message. */
function renewalIn(data: Buffer): unknown {
  if (data.length > MAX_BYTES) return undefined
  try {
    const { type, payload } = JSON.parse(data.toString('utf8')) as Partial<Renewal>
    return type === 'ping' ? payload?.signedViewer : undefined
  } catch {
    return undefined // graphql-ws closes the socket of what it cannot read
  }
}
