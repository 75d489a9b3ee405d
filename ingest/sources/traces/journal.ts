// Reports that were accepted and are not stored yet, on disk: they survive the end of the process.
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import type { Log } from '../../../shared/log.ts'
import type { TraceReport } from './report.ts'

const FILE = 'traces.jsonl'
/** A file that is longer is written again with what still waits, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024
/** How long a report that is not stored may be in the memory of the operating system only. */
const FLUSH_AFTER_MS = 250

/**
 * Written before a report is answered: it survives the process. All that still waits a quarter of a second later is
 * flushed at once, so a loss of power takes at most what was accepted in that time and during the flush. One process a
 * folder.
 */
export class TraceJournal implements Disposable {
  readonly #file: string
  #descriptor: number
  #bytes = 0
  #timer: NodeJS.Timeout | null = null
  readonly #log: Log
  #flushes = 0
  /** What an earlier process accepted and did not store, in its order. */
  readonly left: readonly TraceReport[]

  /** @param folder that of the spool, which is locked */
  constructor(folder: string, log: Log) {
    this.#log = log
    this.#file = path.join(folder, FILE)
    this.#descriptor = openAppending(this.#file)
    flushFolder(folder)
    const text = readFileSync(this.#file, 'utf8')
    this.#bytes = Buffer.byteLength(text)
    const found = text.split('\n').filter(Boolean).map(reportIn)
    this.left = found.filter((report) => report !== null)
    // Half a line was never answered.
    const damaged = found.length - this.left.length
    if (damaged) log.warn({ lines: damaged }, 'reports of assistants that were not wholly written are left out')
  }

  /** How often what waited was flushed. */
  get flushes(): number {
    return this.#flushes
  }

  /** Whether it is so long that `rewrite` should be called with what waits. */
  get isLong(): boolean {
    return this.#bytes > MAX_BYTES
  }

  /** Writes a report. Throws if the disk does not take all of it; then it must not be answered as accepted. */
  add(report: TraceReport): void {
    const line = Buffer.from(`\n${JSON.stringify(report)}\n`)
    const written = writeSync(this.#descriptor, line)
    this.#bytes += written
    if (written < line.length) throw new Error('The disk is full.')
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS).unref()
  }

  /** Reports that came while it flushes have a flush of their own. */
  #flush(): void {
    this.#timer = null
    if (!this.#bytes) return // stored meanwhile
    fdatasync(this.#descriptor, (error) => {
      this.#flushes++
      // A descriptor that was closed meanwhile is of a file that nothing waits in.
      if (error && error.code !== 'EBADF') this.#log.error({ error }, 'reports of assistants could not be flushed')
    })
  }

  /** Everything is stored. */
  clear(): void {
    if (this.#bytes) ftruncateSync(this.#descriptor, 0)
    this.#bytes = 0
  }

  /** Keeps only what still waits. */
  rewrite(waiting: readonly TraceReport[]): void {
    const text = waiting.map((report) => `${JSON.stringify(report)}\n`).join('')
    const fresh = openSync(`${this.#file}.new`, 'w', 0o600)
    writeSync(fresh, text)
    fdatasyncSync(fresh)
    closeSync(fresh)
    renameSync(`${this.#file}.new`, this.#file)
    flushFolder(path.dirname(this.#file))
    closeSync(this.#descriptor)
    this.#descriptor = openAppending(this.#file)
    this.#bytes = Buffer.byteLength(text)
  }

  /** What waits for the next start is flushed. */
  [Symbol.dispose](): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#bytes) fdatasyncSync(this.#descriptor)
    closeSync(this.#descriptor)
  }
}

const openAppending = (file: string): number => openSync(file, 'a+', 0o600)

/** A new name of a file survives a loss of power once its folder is flushed. Windows flushes no folders. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

function reportIn(line: string): TraceReport | null {
  try {
    return JSON.parse(line) as TraceReport
  } catch {
    return null
  }
}
