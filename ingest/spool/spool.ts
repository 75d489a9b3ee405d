import { open, unlink, type FileHandle } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../shared/log.ts'
import { counters } from '../metrics/counters.ts'
import { recordBytes, seal, writeRecord, type SpoolRecord } from './record.ts'
import {
  cutTornTail,
  listSegments,
  openFolder,
  segmentBytes,
  segmentPath,
  syncFolder,
  type Position,
} from './segments.ts'

export interface SpoolOptions {
  folder: string
  log: Log
  /** How long a group gathers before it is written and flushed. */
  flushMs?: number
  segmentBytes?: number
  /** What may lie on disk before senders are held back. */
  mostBytes?: number
  /** What lies in other spools under the same limit. */
  beside?: () => number
}

/** Frames that reached the disk together. */
export interface DurableGroup<E> {
  /** What came along with each. */
  entries: E[]
  /** Where each ends in its segment. */
  ends: number[]
  /** Where the first begins. */
  begin: number
  /** Somebody waits for one of them to be stored. */
  urgent: boolean
}
export type Durable<E> = (group: Readonly<DurableGroup<E>>, segment: number) => void

const GROUP_BYTES = 256 * 1024
/** What may wait in memory while the disk does not take it. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024
const RETRY_MS = 500

interface Group<E> extends DurableGroup<E> {
  buffer: Buffer
  bytes: number
  notify: Map<(count: number) => void, number>
}

/**
 * The append-only files in front of the database. A frame counts as accepted once its group is flushed to disk.
 * `E` is what the caller wants back with a frame once it is durable.
 */
export class Spool<E> implements AsyncDisposable {
  readonly id: string
  readonly folder: string
  readonly #log: Log
  readonly #flushMs: number
  readonly #segmentBytes: number
  readonly #mostBytes: number
  readonly #beside: () => number
  readonly #sealed = new Map<number, number>()
  readonly #relief: (() => void)[] = []
  #handle: FileHandle | null = null
  #end: Position
  #group: Group<E> = freshGroup()
  #spare: Buffer | null = null
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> | null = null
  #read: Position | null = null
  #troubled = false
  #held = false
  onDurable: Durable<E> = () => undefined
  onReleased: () => void = () => undefined

  constructor(options: SpoolOptions) {
    const { folder, log, flushMs = 25, segmentBytes: size = 64 * 2 ** 20, mostBytes = 2 * 2 ** 30 } = options
    this.folder = folder
    this.#beside = options.beside ?? (() => 0)
    this.#log = log
    this.#flushMs = flushMs
    this.#segmentBytes = size
    this.#mostBytes = mostBytes
    counters.spoolLimit.set(mostBytes)
    this.id = openFolder(folder, (text) => log.warn(text))
    const segments = listSegments(folder)
    const last = segments.at(-1)
    this.#end = { segment: last ?? 1, offset: last ? cutTornTail(segmentPath(folder, last)) : 0 }
    for (const segment of segments.slice(0, -1)) this.#sealed.set(segment, segmentBytes(folder, segment))
    this.#updateHold() // until somebody says how far it was read, all of it waits
  }

  /** The first place there is. */
  get first(): Position {
    return { segment: Math.min(this.#end.segment, ...this.#sealed.keys()), offset: 0 }
  }
  /** Up to where everything is on disk. */
  get end(): Position {
    return this.#end
  }
  /** Where a segment ends; undefined for one that is gone. */
  endOf(segment: number): number | undefined {
    return segment === this.#end.segment ? this.#end.offset : this.#sealed.get(segment)
  }

  /**
   * Adds a record to the group now gathering. It is taken in any case; ask `full` before reading more from a sender.
   * @param urgent somebody waits for it to be stored: its group gathers no longer
   */
  append(record: SpoolRecord, entry: E, urgent = false): void {
    const group = this.#group
    group.buffer = roomFor(group.buffer, group.bytes, recordBytes(record))
    group.bytes = writeRecord(group.buffer, group.bytes, record)
    group.entries.push(entry)
    group.ends.push(group.bytes)
    if (urgent) group.urgent = true
    this.#schedule()
  }

  /**
   * Calls `notify(count)` once everything added so far is on disk; of several counts for one sender the last is used.
   */
  notifyWhenDurable(notify: (count: number) => void, count: number): void {
    this.#group.notify.set(notify, count)
    this.#schedule()
  }

  /** More waits than should, in memory or on disk: senders are to be held back until `onRelief`. */
  full(): boolean {
    return this.#held
  }
  onRelief(listener: () => void): void {
    this.#relief.push(listener)
  }
  /** Whether the disk takes what we give it. */
  get troubled(): boolean {
    return this.#troubled
  }
  /** Bytes on disk that were not read for good. */
  get backlogBytes(): number {
    let bytes = this.#end.offset
    for (const [segment, size] of this.#sealed) if (!this.#read || segment >= this.#read.segment) bytes += size
    return bytes - (this.#read?.offset ?? 0)
  }

  /** Whether something that was added is not on disk yet. */
  get isPending(): boolean {
    return this.#group.bytes > 0 || this.#writing !== null
  }
  /** Looks again whether senders are to be held back: other spools changed. */
  checkHold(): void {
    this.#updateHold()
  }

  /** Everything before `position` is stored for good; segments wholly before it are deleted. */
  async release(position: Position): Promise<void> {
    this.#read = position
    for (const segment of [...this.#sealed.keys()]) {
      if (segment >= position.segment) continue
      this.#sealed.delete(segment)
      await unlink(segmentPath(this.folder, segment))
    }
    this.#updateHold()
    this.onReleased()
  }

  /** Gives up a segment that cannot be read any further. */
  async abandon(segment: number, setAside: (file: string) => Promise<void>): Promise<void> {
    await this.flush()
    if (segment === this.#end.segment) await this.#roll()
    this.#sealed.delete(segment)
    await setAside(segmentPath(this.folder, segment))
    this.#updateHold()
  }

  /** Writes what is gathered, now. */
  async flush(): Promise<void> {
    while (this.#writing ?? this.#isGathered()) await (this.#writing ?? this.#start())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#troubled) await this.flush()
    await this.#handle?.close()
    this.#handle = null
  }

  #isGathered = (): boolean => this.#group.bytes > 0 || this.#group.notify.size > 0

  #schedule(): void {
    if (this.#group.bytes > MAX_WAITING_BYTES) this.#updateHold()
    if (this.#writing) return
    if (this.#group.bytes >= GROUP_BYTES || this.#group.urgent) void this.#start()
    else this.#timer ??= setTimeout(() => void this.#start(), this.#flushMs)
  }

  #start(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    return (this.#writing ??= this.#write().finally(() => {
      this.#writing = null
      if (this.#isGathered()) this.#schedule()
    }))
  }

  async #write(): Promise<void> {
    const group = this.#group
    this.#group = freshGroup(this.#spare)
    this.#spare = null
    if (group.bytes > 0) {
      seal(group.buffer, 0, group.bytes)
      await this.#persist(group)
      const from = this.#end.offset
      this.#end = { segment: this.#end.segment, offset: from + group.bytes }
      group.begin = from
      for (let i = 0; i < group.ends.length; i++) group.ends[i]! += from
      this.onDurable(group, this.#end.segment)
    }
    if (group.buffer.length <= 4 * GROUP_BYTES) this.#spare = group.buffer
    for (const [notify, count] of group.notify) notify(count)
    this.#updateHold()
  }

  /** Tries until the disk takes it: what was accepted is not given up while we live. */
  async #persist(group: Group<E>): Promise<void> {
    for (;;) {
      try {
        if (this.#end.offset > 0 && this.#end.offset + group.bytes > this.#segmentBytes) await this.#roll()
        this.#handle ??= await this.#openSegment()
        let done = 0
        while (done < group.bytes)
          done += (await this.#handle.write(group.buffer, done, group.bytes - done, this.#end.offset + done))
            .bytesWritten
        await this.#handle.datasync()
        if (this.#troubled) this.#log.info('the disk takes frames again')
        this.#troubled = false
        return
      } catch (error) {
        if (!this.#troubled) this.#log.error({ error }, 'the disk does not take frames; plugins are held back')
        this.#troubled = true
        counters.spoolFaults.inc()
        this.#updateHold()
        await wait(RETRY_MS)
      }
    }
  }

  async #openSegment(): Promise<FileHandle> {
    const file = segmentPath(this.folder, this.#end.segment)
    const handle = await open(file, this.#end.offset === 0 ? 'w' : 'r+', 0o600)
    await syncFolder(this.folder)
    return handle
  }

  async #roll(): Promise<void> {
    await this.#handle?.close()
    this.#handle = null
    this.#sealed.set(this.#end.segment, this.#end.offset)
    this.#end = { segment: this.#end.segment + 1, offset: 0 }
  }

  #updateHold(): void {
    const waits = this.#group.bytes
    const backlog = this.backlogBytes + this.#beside()
    counters.spoolBytes.set(backlog)
    const much = this.#troubled || backlog > this.#mostBytes || waits > MAX_WAITING_BYTES
    if (much) this.#held = true
    else if (this.#held && backlog < this.#mostBytes * 0.9 && waits < MAX_WAITING_BYTES / 2) {
      this.#held = false
      for (const listener of this.#relief) listener()
    }
  }
}

const freshGroup = <E>(buffer: Buffer | null = null): Group<E> => ({
  buffer: buffer ?? Buffer.allocUnsafeSlow(2 * GROUP_BYTES),
  bytes: 0,
  entries: [],
  ends: [],
  begin: 0,
  urgent: false,
  notify: new Map(),
})

function roomFor(buffer: Buffer, used: number, more: number): Buffer {
  if (used + more <= buffer.length) return buffer
  const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, used + more))
  buffer.copy(larger, 0, 0, used)
  return larger
}
