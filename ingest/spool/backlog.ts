import { open, rename, type FileHandle } from 'node:fs/promises'
import type { Log } from '../../shared/log.ts'
import { counters } from '../metrics/counters.ts'
import type { Row } from '../rows/row.ts'
import { readRecord, type SpoolRecord } from './record.ts'
import { segmentPath, type Position } from './segments.ts'
import { setImmediate as turn } from 'node:timers/promises'
import type { Spool } from './spool.ts'

/** Frames to be stored together. */
export interface Batch {
  rows: Row[]
  frames: number
  /** Where the spool is read up to once they are stored. */
  end: Position
}

/** The rows that were read from a record; null for one that must be read from disk. */
export type Entry = readonly Row[] | null
/** Reads a record from disk: its rows are the same as when it came. */
export type Replay = (record: SpoolRecord) => readonly Row[] | Promise<readonly Row[]>

interface Group {
  entries: readonly (readonly Row[])[]
  /** Where each ends in its segment; the first begins at `begin`. */
  ends: readonly number[]
  begin: number
  segment: number
  taken: number
}

/** What is read from disk while the frames before it are being stored. */
interface Ahead {
  from: Position
  limit: number
  reading: Promise<Batch | null>
}

const CHUNK_BYTES = 2 * 1024 * 1024
/** Limit of remembered frames that are already on disk, which need not be read again. The rest is read from disk. */
const MAX_REMEMBERED = 16_000
/** More make a better batch (what is reported twice is stored once); fewer give other work its turn sooner. */
const BATCH_FRAMES = 4_000
/** Bytes of remembered frames likewise; they take some times as much memory. */
const MAX_REMEMBERED_BYTES = 32 * 1024 * 1024
/** A batch ends with the frame that passes this: whole inventories are long. */
const BATCH_BYTES = 2 * 1024 * 1024
/** Reading continues for so many frames before other work gets its turn. */
const TURN_FRAMES = 250

/**
 * What is to be stored next, in order. While the writer keeps up, rows come from memory as intake made them; when it
 * falls behind, restarts or fails, frames are read and decoded again from disk.
 */
export class Backlog implements AsyncDisposable {
  readonly #spool: Spool<Entry>
  readonly #replay: Replay
  readonly #log: Log
  #position: Position
  #groups: Group[] = []
  #remembered = 0
  #rememberedBytes = 0
  #following = false
  #file: { segment: number; handle: FileHandle } | null = null
  #ahead: Ahead | null = null
  #wake: (() => void) | null = null
  #rush: (() => void) | null = null
  #isUrgent = false

  constructor(spool: Spool<Entry>, replay: Replay, log: Log) {
    this.#spool = spool
    this.#replay = replay
    this.#log = log
    this.#position = spool.first
    spool.onDurable = ({ entries, ends, urgent, begin }, segment) => {
      if (entries.every((entry) => entry !== null)) {
        if (this.#following) this.#remember({ entries, ends, begin, segment, taken: 0 })
      } else this.#forget()
      if (urgent) this.#hurry()
      this.wake()
    }
  }

  /** Begins (again) at a place; what was remembered is read from disk. */
  startAt(position: Position): void {
    this.#position = position
    this.#forget()
  }

  get position(): Position {
    return this.#position
  }
  /** Frames on disk that are remembered too; none while they are read from disk. */
  get remembered(): number {
    return this.#remembered
  }

  /** The next frames, at most `limit`; null when all that is on disk was given. */
  async next(limit: number): Promise<Batch | null> {
    this.#isUrgent = false
    if (this.#groups.length) return this.#fromMemory(Math.min(limit, BATCH_FRAMES))
    for (;;) {
      const { segment, offset } = this.#position
      const { end } = this.#spool
      const bound = this.#spool.endOf(segment)
      if (bound !== undefined && offset < bound)
        return (await this.#fromDisk(bound, Math.min(limit, BATCH_FRAMES))) ?? this.next(limit)
      if (segment >= end.segment) {
        this.#following = true // nothing lies between here and what is flushed from now on
        return null
      }
      this.#position = { segment: segment + 1, offset: 0 }
    }
  }

  /** Settles when there is more. */
  async more(): Promise<void> {
    const { segment, offset } = this.#position
    const { end } = this.#spool
    if (this.#groups.length || segment < end.segment || offset < end.offset) return
    await new Promise<void>((resolve) => (this.#wake = resolve))
  }
  /** Ends the waiting for more. */
  wake(): void {
    this.#wake?.()
    this.#wake = null
  }
  /** Lets more come, for so long at most: not while something is there that somebody is to act on. */
  async gather(ms: number): Promise<void> {
    if (this.#isUrgent) return
    await new Promise<void>((resolve) => {
      this.#rush = resolve
      setTimeout(resolve, ms)
    })
    this.#rush = null
  }
  /** Nothing more will come: ends all waiting. */
  end(): void {
    this.wake()
    this.#hurry()
  }

  /** The record at a place, as it lies on disk. */
  async recordAt({ segment, offset }: Position): Promise<SpoolRecord | null> {
    await this.#dropAhead()
    const found = await this.#read(segment, offset, this.#spool.endOf(segment)!)
    return found && readAt(found, 0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dropAhead()
    await this.#closeFile()
  }

  async #closeFile(): Promise<void> {
    await this.#file?.handle.close()
    this.#file = null
  }

  #hurry(): void {
    this.#isUrgent = true
    this.#rush?.()
  }

  #remember(group: Group): void {
    this.#groups.push(group)
    this.#remembered += group.entries.length
    this.#rememberedBytes += group.ends.at(-1)! - group.begin
    if (this.#remembered > MAX_REMEMBERED || this.#rememberedBytes > MAX_REMEMBERED_BYTES) this.#forget()
  }

  #forget(): void {
    this.#groups = []
    this.#remembered = 0
    this.#rememberedBytes = 0
    this.#following = false
  }

  #fromMemory(limit: number): Batch {
    const rows: Row[] = []
    let frames = 0
    let bytes = 0
    let end = this.#position
    while (frames < limit && bytes < BATCH_BYTES && this.#groups.length) {
      const group = this.#groups[0]!
      const first = group.taken
      let until = first
      while (until < group.entries.length && frames + until - first < limit && bytes < BATCH_BYTES) {
        for (const row of group.entries[until]!) rows.push(row)
        bytes += group.ends[until]! - (until > 0 ? group.ends[until - 1]! : group.begin)
        until++
      }
      frames += until - first
      end = { segment: group.segment, offset: group.ends[until - 1]! }
      group.taken = until
      if (until === group.entries.length) this.#groups.shift()
    }
    this.#remembered -= frames
    this.#rememberedBytes -= bytes
    this.#position = end
    return { rows, frames, end }
  }

  async #fromDisk(bound: number, limit: number): Promise<Batch | null> {
    const ahead = this.#ahead
    const fits = ahead !== null && isSame(ahead.from, this.#position) && ahead.limit === limit
    if (!fits) await this.#dropAhead()
    const batch = await (fits ? ahead.reading : this.#readBatch(this.#position, bound, limit))
    this.#ahead = null
    if (!batch) return this.#giveUp(this.#position.segment)
    this.#position = batch.end
    if (batch.end.offset < bound) {
      const reading = this.#readBatch(batch.end, bound, limit)
      reading.catch(() => undefined) // the caller that takes it gets the error
      this.#ahead = { from: batch.end, limit, reading }
    }
    return batch
  }

  /** One read at a time; a read that is not taken is still awaited. */
  async #dropAhead(): Promise<void> {
    await this.#ahead?.reading.catch(() => undefined)
    this.#ahead = null
  }

  /** Frames from a place on disk; null where there should be some and none is whole. */
  async #readBatch({ segment, offset }: Position, bound: number, limit: number): Promise<Batch | null> {
    const buffer = await this.#read(segment, offset, bound)
    if (!buffer) return null
    const rows: Row[] = []
    let frames = 0
    let at = 0
    for (; frames < limit; frames++) {
      const found = readRecord(buffer, at)
      if (found === null && frames === 0) return null
      if (found === null || typeof found === 'number') break
      const read = this.#replay(found.record)
      for (const row of read instanceof Promise ? await read : read) rows.push(row)
      at = found.end
      if (frames % TURN_FRAMES === TURN_FRAMES - 1) await turn()
    }
    return { rows, frames, end: { segment, offset: offset + at } }
  }

  /** At least one whole record, more when they are short; null when there is none though there should be. */
  async #read(segment: number, offset: number, bound: number): Promise<Buffer | null> {
    if (this.#file?.segment !== segment) {
      await this.#closeFile()
      this.#file = { segment, handle: await open(segmentPath(this.#spool.folder, segment), 'r') }
    }
    for (let wanted = CHUNK_BYTES; ;) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(wanted, bound - offset))
      const { bytesRead } = await this.#file.handle.read(buffer, 0, buffer.length, offset)
      const found = readRecord(buffer.subarray(0, bytesRead), 0)
      if (found === null) return null
      if (typeof found !== 'number') return buffer.subarray(0, bytesRead)
      if (offset + found > bound) return null
      wanted = found
    }
  }

  /** Damage in the midst of what was on disk: the rest of that file is set aside for study, the others go on. */
  async #giveUp(segment: number): Promise<null> {
    this.#log.error({ segment, offset: this.#position.offset }, 'a spool file is damaged; the rest of it is set aside')
    counters.dropped.inc({ reason: 'spool_damaged' })
    await this.#closeFile()
    await this.#spool.abandon(segment, (file) => rename(file, `${file}.damaged`))
    this.#position = { segment: segment + 1, offset: 0 }
    return null
  }
}

const isSame = (a: Position, b: Position) => a.segment === b.segment && a.offset === b.offset

function readAt(buffer: Buffer, at: number): SpoolRecord | null {
  const found = readRecord(buffer, at)
  return found !== null && typeof found === 'object' ? found.record : null
}
