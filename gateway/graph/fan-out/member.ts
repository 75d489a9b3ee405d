import type { Socket } from 'node:net'
import type { ExecutionResult } from 'graphql'
import type { WebSocket } from 'ws'
import { withPlace, type Entry } from './entry.ts'
import { nextMessage, textFrame } from './frame.ts'

/** Bytes that may wait for one socket; beyond that its reader is behind and events are skipped. */
const HIGH_WATER = 1024 * 1024
/** Events held for a reader while its snapshot is sent. */
const MAX_HELD = 5_000

/** One reader of a group. */
export class Member {
  readonly socket: WebSocket
  readonly id: string
  /**
   * `along`: gets every event. `joining`: gets its snapshot, events are held. `behind`: waits until its socket
   * drains.
   */
  state: 'along' | 'joining' | 'behind' = 'joining'
  held: Entry[] = []
  /** Events skipped since the last one it received. */
  skipped = 0
  /** Settles when nothing more comes, with the final result if there is one. */
  readonly ended: Promise<ExecutionResult | null>
  end: (last: ExecutionResult | null) => void = () => undefined
  readonly #raw: Socket

  constructor(socket: WebSocket, id: string) {
    this.socket = socket
    this.id = id
    this.ended = new Promise((resolve) => (this.end = resolve))
    // Prepared frames are written below `ws`, which would frame them again for each socket. Private to ws 8: pinned,
    // tested.
    this.#raw = (socket as unknown as { _socket: Socket })._socket
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  get isFull(): boolean {
    return this.#raw.writableLength > HIGH_WATER
  }

  /** Writes bytes that are whole frames. */
  write(frames: Buffer): void {
    if (this.isOpen) this.#raw.write(frames)
  }

  /** Sends a result to this reader only. */
  send(json: string): void {
    this.write(textFrame(nextMessage(this.id, json)))
  }

  /** Sends an event with the number of events skipped before it. */
  sendAfterSkipped(result: Entry['result'], stream: string, seq: number, now: boolean): void {
    const place = { stream, seq, ...(now ? { now: true as const } : {}), skipped: this.skipped }
    this.skipped = 0
    this.send(withPlace(result, place))
  }

  hold(entries: readonly Entry[]): void {
    for (const entry of entries) this.held.push(entry)
    if (this.held.length > MAX_HELD) this.skipped += this.held.splice(0, this.held.length - MAX_HELD).length
  }

  /** Calls back once the socket has drained. */
  onceDrained(then: () => void): void {
    this.#raw.once('drain', then)
  }
}
