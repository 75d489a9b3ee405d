import path from 'node:path'
import { tables } from '../frames/registry.ts'
import type { Row } from '../rows/row.ts'
import type { SpoolRecord } from './record.ts'
import type { Entry } from './backlog.ts'
import { Spool, type SpoolOptions } from './spool.ts'

/** How far each lane has a sender's frames on disk, by the sender's own count. */
interface Progress {
  facts: number
  bulk: number
  onFacts: (count: number) => void
  onBulk: (count: number) => void
}

/**
 * The spools of one process: one for rows that are many and long, such as whole inventories, one for all others. Each
 * has a writer of its own, so nothing waits behind a mass login. They share one limit on disk.
 */
export class Lanes implements AsyncDisposable {
  readonly facts: Spool<Entry>
  readonly bulk: Spool<Entry>
  readonly #progress = new WeakMap<(count: number) => void, Progress>()

  constructor(options: SpoolOptions) {
    let bulk: Spool<Entry> | null = null
    this.facts = new Spool({ ...options, beside: () => bulk?.backlogBytes ?? 0 })
    bulk = new Spool({
      ...options,
      folder: path.join(options.folder, 'bulk'),
      beside: () => this.facts.backlogBytes,
    })
    this.bulk = bulk
    this.facts.onReleased = () => this.bulk.checkHold()
    this.bulk.onReleased = () => this.facts.checkHold()
    this.facts.checkHold()
  }

  /** Adds a record with the rows that were read from it. */
  append(record: SpoolRecord, rows: readonly Row[], urgent: boolean): void {
    const isBulk = rows.some(({ table }) => tables.get(table)?.isBulk)
    ;(isBulk ? this.bulk : this.facts).append(record, rows, urgent)
  }

  /** Adds a record that was not read yet: its writer reads it from disk. Large frames are of the bulk lane. */
  appendUnread(record: SpoolRecord): void {
    this.bulk.append(record, null)
  }

  /** Calls `notify(count)` once everything added so far is on disk, in whichever lane. */
  notifyWhenDurable(notify: (count: number) => void, count: number): void {
    const progress = this.#progressOf(notify)
    if (this.bulk.isPending) this.bulk.notifyWhenDurable(progress.onBulk, count)
    else progress.bulk = count
    if (this.facts.isPending || !this.bulk.isPending) this.facts.notifyWhenDurable(progress.onFacts, count)
    else progress.facts = count
  }

  /** More waits than should: senders are to be held back until `onRelief`. */
  full(): boolean {
    return this.facts.full() || this.bulk.full()
  }
  onRelief(listener: () => void): void {
    const relieved = () => (this.full() ? undefined : listener())
    this.facts.onRelief(relieved)
    this.bulk.onRelief(relieved)
  }

  /** Bytes of both on disk that were not read for good. */
  get backlogBytes(): number {
    return this.facts.backlogBytes + this.bulk.backlogBytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.facts[Symbol.asyncDispose](), this.bulk[Symbol.asyncDispose]()])
  }

  #progressOf(notify: (count: number) => void): Progress {
    let progress = this.#progress.get(notify)
    if (!progress) {
      let notified = -1
      const report = () => {
        const least = Math.min(made.facts, made.bulk)
        if (least > notified) notify((notified = least))
      }
      const made: Progress = {
        facts: -1,
        bulk: -1,
        onFacts(count) {
          made.facts = Math.max(made.facts, count)
          report()
        },
        onBulk(count) {
          made.bulk = Math.max(made.bulk, count)
          report()
        },
      }
      this.#progress.set(notify, (progress = made))
    }
    return progress
  }
}
