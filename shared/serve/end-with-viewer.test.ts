import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSignedViewer, renewSignedViewer, signViewer } from '../auth/signed-viewer.ts'
import type { Viewer } from '../auth/viewer.ts'
import { endWithViewer } from './end-with-viewer.ts'

const KEY = 'a key for tests only'
const MINUTE = 60_000
const viewer: Viewer = {
  kind: 'user',
  id: '1',
  name: 'A',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
}

class Socket extends EventEmitter {
  closed: number | null = null
  close(code: number): void {
    this.closed = code
    this.emit('close')
  }
  ping(signedViewer: string): void {
    this.emit('message', Buffer.from(JSON.stringify({ type: 'ping', payload: { signedViewer } })))
  }
}

function openSocket() {
  const signed = signViewer(KEY, viewer, Date.now())
  const socket = new Socket()
  endWithViewer(socket, KEY, openSignedViewer(KEY, signed, Date.now())!)
  return { socket, signed }
}

describe('[PPL4] the socket of a subgraph', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }))
  afterEach(() => void vi.useRealTimers())

  it('is closed when its signed viewer expires', () => {
    const { socket } = openSocket()
    vi.advanceTimersByTime(20 * MINUTE - 1)
    expect(socket.closed).toBeNull()
    vi.advanceTimersByTime(1)
    expect(socket.closed).toBe(4403)
  })

  it('stays open as long as its viewer is renewed', () => {
    const { socket, signed } = openSocket()
    let latest = signed
    for (let minute = 0; minute < 60; minute += 2) {
      vi.advanceTimersByTime(2 * MINUTE)
      latest = renewSignedViewer(KEY, latest, Date.now())
      socket.ping(latest)
    }
    expect(socket.closed).toBeNull()
    vi.advanceTimersByTime(20 * MINUTE)
    expect(socket.closed).toBe(4403)
  })

  it('is not renewed by another viewer, another key, what has expired, or other messages', () => {
    const { socket, signed } = openSocket()
    vi.advanceTimersByTime(15 * MINUTE)
    socket.ping(signViewer(KEY, { ...viewer, role: 'admin' }, Date.now()))
    socket.ping(signViewer('another key for tests', viewer, Date.now()))
    socket.ping(signed)
    for (const text of ['{', '{"type":"ping"}', '{"type":"ping","payload":{"signedViewer":7}}', 'x'.repeat(10_000)])
      socket.emit('message', Buffer.from(text))
    vi.advanceTimersByTime(5 * MINUTE)
    expect(socket.closed).toBe(4403)
    expect(renewSignedViewer(KEY, signed, Date.now())).toBe(signed)
  })
})
