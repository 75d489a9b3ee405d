import type { Socket } from 'node:net'
import type { RawData, WebSocket } from 'ws'
import type { Log } from '../../shared/log.ts'
import { counters } from '../metrics/counters.ts'
import type { PluginFrameType } from '../../shared/contract/plugin-frames.ts'
import type { Intake, Sender, Taken } from '../intake/intake.ts'
import { inSpan, isTracing } from '../../shared/trace/spans.ts'
import { Bucket } from './bucket.ts'
import { FrameTypes } from './frame-types.ts'
import type { Turns } from './turns.ts'

/** One plugin's connection. */
export interface PluginSocket {
  /** The character it speaks for, once registered. */
  character(): string | null
  /** The game server it named, once registered. */
  server(): string | null
  /** When it registered, in milliseconds since 1970 with a fraction; 0 while it has not. */
  registeredAt(): number
  /** What it sent since it registered, by type. */
  frameTypes(): PluginFrameType[]
  /** Writes bytes that are whole WebSocket frames. */
  write(frames: readonly Buffer[]): void
  /** It does not read: what is written to it waits in memory. */
  isLagging(): boolean
  /** Calls back once: with `true` when it reads again, with `false` when it closes before. */
  onceReading(then: (isOpen: boolean) => void): void
  /** Sends a command. Resolves to whether the plugin took it: one that does not read, or missed its last pings, must
   * answer a ping now. */
  deliver(text: string): Promise<boolean>
  /** Reads on, after there was too much to take. */
  resume(): void
  /** Asks for a sign of life; one that gave none since the last beat is cut. */
  beat(): void
  /** Settles once it is closed; one that does not answer is cut. */
  close(code: number, reason: string): Promise<void>
}

/** Of a connection's frames the first and every so many are steps of a trace, where traces are collected. */
const TRACED_EVERY = 1_000
const CLOSE_MS = 1_000
const MAX_UNREAD_BYTES = 1024 * 1024
/** A plugin with so much unread does not read. */
const LAGGING_BYTES = 64 * 1024
/** How long a plugin has to take a command; the sender of the command waits a little longer. */
const DELIVERY_MS = 1_000
/** A plugin that left so many pings unanswered sends but does not read: its receiving loop may have ended. */
const DEAF_AFTER = 2
/** Bad frames of one connection kept for study: a second on average, and at once. The others are only counted. */
const LETTERS = { perSecond: 10, burst: 200 }
/** How often one connection may be asked to wait in a burst. Beyond it TCP holds the sender back; nothing is lost. */
const BURST_SECONDS = 2
const BYTES_BURST_SECONDS = 4

export interface PluginSocketOptions {
  ws: WebSocket
  intake: Intake
  log: Log
  /** Shared by all connections. */
  turns: Turns
  /** What one connection may send a second on average. */
  framesPerSecond: number
  /** The same limit in bytes; four times as much at once, which is the largest frame. */
  bytesPerSecond: number
  /** Passes on what it shares, a frame of the type given. */
  share: (text: string, type: string) => void
  /** It registered; `before` is the character it spoke for until then. */
  registered: (before: string | null) => void
}

// eslint-disable-next-line max-lines-per-function -- the state of one connection, changed by its events
export function pluginSocket(options: PluginSocketOptions): PluginSocket {
  const { ws, intake, log, turns, framesPerSecond, bytesPerSecond, share } = options
  // Frames that go to many are written below `ws`, which would frame them again for each. Private to ws 8: pinned,
  // tested.
  const raw = (ws as unknown as { _socket: Socket })._socket
  let character: string | null = null
  let registered = 0
  let alive = true
  let unanswered = 0
  let acknowledges = false
  let taken = 0
  let seen = 0
  let slowed: NodeJS.Timeout | null = null
  /** Read, but not taken yet: there was no time. */
  let waiting: RawData[] = []
  /** A large frame is being read: those after it wait. */
  let reading = false
  let held = false
  const letters = new Bucket(LETTERS.perSecond, LETTERS.burst)
  const types = new FrameTypes()
  const frames = new Bucket(framesPerSecond, framesPerSecond * BURST_SECONDS)
  const bytes = new Bucket(bytesPerSecond, bytesPerSecond * BYTES_BURST_SECONDS)
  const sender: Sender = { server: '', mayComplain: () => letters.take(performance.now()) }
  const acknowledge = (n: number) => {
    if (ws.readyState === ws.OPEN && ws.bufferedAmount < MAX_UNREAD_BYTES) ws.send(`{"type":"ack","n":${n}}`)
  }

  ws.on('pong', () => {
    alive = true
    unanswered = 0
  })
  ws.on('close', () => slowed && clearTimeout(slowed))
  ws.on('message', (data: RawData) => {
    alive = true
    if (!reading && !waiting.length && turns.hasTime()) return take(data)
    if (waiting.push(data) > 1 || reading) return
    ws.pause()
    turns.waitToTake(takeWaiting)
  })

  function takeWaiting(): void {
    let count = 0
    while (count < waiting.length && !reading && turns.hasTime()) take(waiting[count++]!)
    waiting = waiting.slice(count)
    if (!reading) goOn()
  }
  function goOn(): void {
    if (waiting.length) turns.waitToTake(takeWaiting)
    else turns.waitToRead(readOn)
  }

  function take(data: RawData): void {
    const whole = bytesOf(data)
    const take = () => intake.take(whole, sender)
    const isStep = isTracing() && seen++ % TRACED_EVERY === 0
    const taken = isStep ? inSpan('frame', { attributes: { character: character ?? '' } }, take) : take()
    if (!(taken instanceof Promise)) return note(taken, whole.length)
    reading = true
    hold('large_frame')
    void taken.then((taken) => {
      reading = false
      note(taken, whole.length)
      goOn()
    })
  }

  function note({ type, registers, shares }: Taken, size: number): void {
    if (registers) {
      const before = character
      if (before !== registers.character_name) types.clear()
      character = registers.character_name
      registered = performance.timeOrigin + performance.now() // wall time: compared between processes
      sender.server = registers.server ?? sender.server
      acknowledges = registers.ack ?? acknowledges
      log.info({ character }, 'plugin registered')
      options.registered(before)
    } else if (acknowledges) intake.notifyWhenDurable(acknowledge, ++taken)
    types.count(type, Date.now())
    if (shares !== undefined) share(shares, type)
    const now = performance.now()
    const hasFrames = frames.spend(now)
    const hasBytes = bytes.spend(now, size)
    if (intake.full()) hold('house_full')
    else if (!hasFrames || !hasBytes) slow() // what was read with it is taken all the same
  }

  function mayTake(text: string): boolean {
    if (ws.readyState !== ws.OPEN) return false
    if (ws.bufferedAmount === 0 || ws.bufferedAmount + text.length <= MAX_UNREAD_BYTES) return true
    counters.dropped.inc({ reason: 'plugin_does_not_read' })
    return false
  }

  function hold(reason: string): void {
    if (held) return
    held = true
    ws.pause() // TCP holds the sender back; nothing is lost
    counters.heldBack.inc({ reason })
  }
  /** Reads on, unless there is another reason not to. */
  function readOn(): void {
    if (slowed || reading || waiting.length || intake.full()) return
    held = false
    if (ws.isPaused) ws.resume()
  }
  const waitsMs = () => {
    const now = performance.now()
    return Math.max(frames.waitMs(now), bytes.waitMs(now))
  }
  function slow(): void {
    hold('too_fast')
    const waitMs = waitsMs()
    slowed ??= setTimeout(() => {
      slowed = null
      // What was read in one piece with the last frame has been taken meanwhile, on credit.
      if (waitsMs() > 0) slow()
      else readOn()
    }, waitMs)
  }

  return {
    character: () => character,
    server: () => sender.server || null,
    registeredAt: () => registered,
    frameTypes: () => types.list(),
    write(frames) {
      if (ws.readyState !== ws.OPEN || !frames.length) return
      if (frames.length > 1) raw.cork()
      for (const frame of frames) raw.write(frame)
      if (frames.length > 1) raw.uncork()
    },
    isLagging: () => raw.writableLength > LAGGING_BYTES,
    onceReading(then) {
      const settle = (isOpen: boolean) => {
        raw.off('drain', onDrain)
        ws.off('close', onClose)
        then(isOpen)
      }
      const onDrain = () => settle(true)
      const onClose = () => settle(false)
      raw.once('drain', onDrain)
      ws.once('close', onClose)
    },
    deliver(text) {
      if (!mayTake(text)) return Promise.resolve(false)
      return new Promise((resolve) => {
        const settle = (taken: boolean) => {
          clearTimeout(fuse)
          ws.off('pong', onPong)
          resolve(taken)
        }
        const onPong = () => settle(true)
        const fuse = setTimeout(() => settle(false), DELIVERY_MS)
        const isDeaf = unanswered >= DEAF_AFTER
        // Confirmed once the operating system has it: what waits behind megabytes of unread data has not been taken.
        ws.send(text, (error) => {
          if (error) settle(false)
          else if (!isDeaf) settle(true)
        })
        if (!isDeaf) return
        ws.on('pong', onPong)
        ws.ping()
      })
    },
    resume: readOn,
    beat() {
      if (ws.isPaused) return
      if (!alive) return ws.terminate()
      alive = false
      unanswered++
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

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
