import type { WebSocket } from 'ws'
import type { Visitor } from '../sign-in/visitors.ts'
import type { UnreadAnswers } from './unread.ts'

/**
 * Counts what a socket sends until its reader has taken it. `onFull` is called instead of sending once that is too
 * much.
 */
export function boundedSend(socket: WebSocket, visitor: Visitor, unread: UnreadAnswers, onFull: () => void): void {
  const send = socket.send.bind(socket) as (data: string, sent: (error?: Error) => void) => void
  socket.send = ((data: string, sent?: (error?: Error) => void) => {
    if (unread.isFull(visitor.viewer)) {
      onFull()
      return sent?.(new Error('Too much waits to be read.'))
    }
    let read: (() => void) | null = null
    let isSent = false
    send(data, (error) => {
      isSent = true
      read?.()
      sent?.(error)
    })
    if (!isSent && socket.bufferedAmount > 0) read = unread.add(visitor.viewer, Buffer.byteLength(data))
  }) as typeof socket.send
}
