// Reports that were accepted and are not stored yet, on disk: they survive the end of the process.
import { closeSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Log } from '../../../shared/log.ts'
import type { TraceReport } from './report.ts'

const FILE = 'traces.jsonl'
/** A file that is longer is written again with what still waits, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024

/**
 * Written before a report is answered, without a flush: a report survives the process, not a loss of power. One process
 * a folder.
 */
export class TraceJournal implements Disposable {
  readonly #file: string
  #descriptor: number
  #bytes = 0
  /** What an earlier process accepted and did not store, in its order. */
  readonly left: readonly TraceReport[]

  /** @param folder that of the spool, which is locked */
  constructor(folder: string, log: Log) {
    this.#file = path.join(folder, FILE)
    this.#descriptor = openAppending(this.#file)
    const text = readFileSync(this.#file, 'utf8')
    this.#bytes = Buffer.byteLength(text)
    const found = text.split('\n').filter(Boolean).map(reportIn)
    this.left = found.filter((report) => report !== null)
    // Half a line was never answered.
    const damaged = found.length - this.left.length
    if (damaged) log.warn({ lines: damaged }, 'reports of assistants that were not wholly written are left out')
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
    closeSync(fresh)
    renameSync(`${this.#file}.new`, this.#file)
    closeSync(this.#descriptor)
    this.#descriptor = openAppending(this.#file)
    this.#bytes = Buffer.byteLength(text)
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor)
  }
}

const openAppending = (file: string): number => openSync(file, 'a+', 0o600)

function reportIn(line: string): TraceReport | null {
  try {
    return JSON.parse(line) as TraceReport
  } catch {
    return null
  }
}
