import type { Socket } from 'node:net'
import type { ExecutionResult } from 'graphql'
import type { WebSocket } from 'ws'
import { withPlace, type Entry } from './entry.ts'
import { nextMessage, textFrame } from './frame.ts'

/** Bytes that may wait for one socket; beyond them its reader is behind and events are passed over. */
const HIGH_WATER = 1024 * 1024
/** Events kept for a reader who is still being told what is now. */
const MAX_HELD = 5_000

/** One reader of a group. */
export class Member {
  readonly socket: WebSocket
  readonly id: string
  /** Reads along; or is being told what is now, and what happens meanwhile is held; or is behind and waits for room. */
  state: 'along' | 'joining' | 'behind' = 'joining'
  held: Entry[] = []
  /** Events passed over since the last one it got. */
  skipped = 0
  /** Settles when nothing more comes, with the last word if there is one. */
  readonly ended: Promise<ExecutionResult | null>
  end: (last: ExecutionResult | null) => void = () => undefined
  readonly #raw: Socket

  constructor(socket: WebSocket, id: string) {
    this.socket = socket
    this.id = id
    this.ended = new Promise((resolve) => (this.end = resolve))
    // Frames made once are written beneath `ws`, which would frame them anew for each socket. Private to ws 8: pinned, tested.
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

  /** Sends a result that only this reader gets in this form. */
  send(json: string): void {
    this.write(textFrame(nextMessage(this.id, json)))
  }

  /** Sends an event with word of what was passed over before it. */
  sendAfterSkipped(result: Entry['result'], stream: string, seq: number, now: boolean): void {
    const place = { stream, seq, ...(now ? { now: true as const } : {}), skipped: this.skipped }
    this.skipped = 0
    this.send(withPlace(result, place))
  }

  hold(entries: readonly Entry[]): void {
    for (const entry of entries) this.held.push(entry)
    if (this.held.length > MAX_HELD) this.skipped += this.held.splice(0, this.held.length - MAX_HELD).length
  }

  /** Calls back once what waits for the socket went out. */
  onceDrained(then: () => void): void {
    this.#raw.once('drain', then)
  }
}
