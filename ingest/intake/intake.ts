import { contract } from '../frames/registry.ts'
import type { RegisterFrame } from '../frames/register/shape.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { noteTrace } from '../../shared/trace/spans.ts'
import type { Capture } from './capture.ts'
import { counters, countFrame, countUnknownFields, countUnknownType } from '../metrics/counters.ts'
import { frameIds } from './frame-id.ts'
import { readFrame, type FrameResult } from '../frames/read-frame.ts'
import { LARGE_BYTES, type LargeFrames } from '../large/large-frames.ts'
import { readArrived } from '../large/pieces.ts'
import { deadLetter, type DeadLetterRow, type Row } from '../rows/row.ts'
import { isUrgent } from '../frames/registry.ts'
import type { Replay } from '../spool/backlog.ts'
import type { SpoolRecord } from '../spool/record.ts'
import type { Lanes } from '../spool/lanes.ts'
import { OncePerHour } from '../../shared/once-per-hour.ts'

/** What the socket that brought a frame needs to know of it. */
export interface Taken {
  /** The type, as counted. */
  type: string
  /** For `register`: which character the socket speaks for. */
  registers?: RegisterFrame
  /** Why it was refused. */
  refused?: string
  /** For `share_*`: to be passed to the other plugins as it came. */
  shares?: string
}

/** Who brought a frame. */
export interface Sender {
  /** The game server it named when it registered; empty when it named none. */
  server: string
  /** Whether one more bad frame of this sender may be kept for study. */
  mayComplain(): boolean
}

export interface Intake {
  /**
   * Takes one frame. A large one is read in another thread: its sender must give no other frame meanwhile. Never throws
   * for what a sender did.
   */
  take(data: Buffer, sender: Sender): Taken | Promise<Taken>
  /**
   * Writes large frames that are still being read to disk as they came, and those that are given from now on: they are
   * read when they are stored, or after the next start.
   */
  stop(): void
  /** Calls `notify(count)` once everything taken so far is on disk. */
  notifyWhenDurable(notify: (count: number) => void, count: number): void
  /** More waits than the limit: senders must be held back until `onRelief` fires. */
  full(): boolean
  onRelief(listener: () => void): void
}

export interface IntakeOptions {
  pubsub: PubSub
  spool: Pick<Lanes, 'append' | 'appendUnread' | 'notifyWhenDurable' | 'full' | 'onRelief'>
  large: Pick<LargeFrames, 'read'>
  gameServer: string
  log: Log
  clock?: () => number
  /** Keeps the first frames of each type for study. */
  capture?: Capture | undefined
}

type Kind = { unknownType: string } | { malformedType: string; reason: string }

/** Logs what a kind of frame is, once an hour. */
function hourlyLog(log: Log): (kind: Kind, ms: number) => void {
  const logged = new OncePerHour()
  return (kind, ms) => {
    const key = 'unknownType' in kind ? `unknown ${kind.unknownType}` : `malformed ${kind.malformedType}`
    const frames = logged.take(key, ms)
    if (frames !== null) log.warn({ ...kind, frames }, 'unknownType' in kind ? LINE.unknown : LINE.malformed)
  }
}

/** Logged once an hour of each kind, with how many came since: a rate is a metric. */
const LINE = {
  unknown: 'frames of a type that this version does not know: they are relayed and counted, not stored',
  malformed: 'frames that cannot be read: they are kept in dead_letters and counted',
}
const MAX_REASON = 200
/** So many bytes of large frames wait in memory to be read; further ones wait on disk. */
const MAX_READING_BYTES = 128 * 1024 * 1024

/** What becomes of a frame once it is read: it is counted, published, written to disk. */
function settler({ pubsub, spool, log }: Pick<IntakeOptions, 'pubsub' | 'spool' | 'log'>) {
  const logOnce = hourlyLog(log)

  return function settle(result: FrameResult, record: SpoolRecord, text: string | null, sender: Sender): Taken {
    const { receivedMs } = record
    const keep = (kept: SpoolRecord, rows: readonly Row[]) => {
      noteTrace(rows[0])
      spool.append(kept, rows, isUrgent(rows))
    }
    switch (result.kind) {
      case 'kept': {
        const { type, rows } = result
        countFrame(type, 'kept')
        if (result.unknownFields.length) countUnknownFields(type, result.unknownFields)
        for (const reason of result.left) counters.dropped.inc({ reason })
        for (const { topic, event } of result.publish) pubsub.publish(topic, event)
        if (rows.length) keep(record, rows)
        return type === 'register' ? { type, registers: result.frame as RegisterFrame } : { type }
      }
      case 'relayed': {
        const { type, share, publish } = result
        countFrame(share ? 'share' : 'other', 'relayed')
        if (!share) logOnce({ unknownType: countUnknownType(type) }, receivedMs)
        pubsub.publish(publish.topic, publish.event)
        return share ? { type, shares: text ?? record.body.toString('utf8') } : { type }
      }
      case 'refused': {
        const { type, letter } = result
        const label = type !== null && contract.has(type) ? type : 'other'
        countFrame(label, 'refused')
        counters.malformedFrames.inc()
        const reason = letter.path === null ? letter.reason : `${letter.path} ${letter.reason}`
        logOnce({ malformedType: label, reason: reason.slice(0, MAX_REASON) }, receivedMs)
        counters.dropped.inc({ reason: letter.path === null ? 'not_a_frame' : 'bad_shape' })
        if (sender.mayComplain())
          keep({ ...record, kind: 'letter', body: Buffer.from(JSON.stringify(letter)) }, [deadLetter(letter)])
        else counters.dropped.inc({ reason: 'letters_of_one_sender' })
        return { type: label, refused: reason }
      }
    }
  }
}

/** Handles one frame: reads it, publishes what is only current, writes it to disk when it is to be stored. */
export function intake({ pubsub, spool, large, gameServer, log, clock = Date.now, capture }: IntakeOptions): Intake {
  const freshId = frameIds()
  const settle = settler({ pubsub, spool, log })
  /** Large frames that wait to be read or are, and how each is given up. */
  const reading = new Map<SpoolRecord, () => void>()
  let readingBytes = 0
  let isStopped = false
  let id: string | null = null
  let now = new Date(0) // many frames come within a millisecond
  let receivedAt = ''
  const nextId = () => (id = freshId())

  function takeLarge(record: SpoolRecord & { id: string }, sender: Sender): Taken | Promise<Taken> {
    if (isStopped || readingBytes > MAX_READING_BYTES) return takeUnread(record)
    readingBytes += record.body.length
    return new Promise<Taken>((resolve) => {
      reading.set(record, () => resolve(takeUnread(record)))
      const settled = large.read(record).then((result) => {
        if (!reading.has(record)) return // given up
        capture?.take(result.kind === 'refused' ? null : result.type, record.body.toString('utf8'))
        resolve(settle(result, record, null, sender))
      })
      const ended = () => {
        reading.delete(record)
        readingBytes -= record.body.length
      }
      settled.catch(() => reading.get(record)?.()).finally(ended)
    })
  }
  function takeUnread(record: SpoolRecord): Taken {
    spool.appendUnread(record)
    return { type: 'other' }
  }

  return {
    take(data, sender) {
      const ms = clock()
      const server = sender.server || gameServer
      if (data.length > LARGE_BYTES)
        return takeLarge({ kind: 'frame', receivedMs: ms, id: freshId(), server, body: data }, sender)
      if (ms !== now.getTime()) {
        now = new Date(ms)
        receivedAt = now.toISOString()
      }
      const text = data.toString('utf8')
      id = null
      const result = readFrame(text, { now, receivedAt, server, nextId })
      capture?.take(result.kind === 'refused' ? null : result.type, text)
      return settle(result, { kind: 'frame', receivedMs: ms, id, server, body: data }, text, sender)
    },
    stop() {
      isStopped = true
      for (const giveUp of reading.values()) giveUp()
      reading.clear()
    },
    notifyWhenDurable: (notify, count) => spool.notifyWhenDurable(notify, count),
    full: () => spool.full(),
    onRelief: (listener) => spool.onRelief(listener),
  }
}

/** Reads frames that were taken before: their rows are the same as then. */
export function replay(large: Pick<LargeFrames, 'read'>): Replay {
  return (record) => {
    const { kind, body } = record
    if (kind === 'letter') return [deadLetter(JSON.parse(body.toString('utf8')) as DeadLetterRow)]
    const frame = { ...record, id: record.id ?? '0' }
    return body.length > LARGE_BYTES ? large.read(frame).then(rowsOf) : rowsOf(readArrived(frame))
  }
}

/** A large frame may turn out to be none only now: it was written to disk before it was read. */
const rowsOf = (result: FrameResult): readonly Row[] =>
  result.kind === 'kept' ? result.rows : result.kind === 'refused' ? [deadLetter(result.letter)] : []
