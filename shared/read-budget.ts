import { Gauge } from 'prom-client'
import { fault } from './errors.ts'

const MIB = 1024 * 1024

/**
 * Bytes that operations may have read from the database while their answers are built: one operation, all operations
 * of one person or token, and all operations of this process. An operation may read more than it answers.
 */
export const READ_LIMITS = {
  perOperation: 64 * MIB,
  perViewer: 128 * MIB,
  overall: 512 * MIB,
} as const

type Limits = { readonly [K in keyof typeof READ_LIMITS]: number }
/** The viewer an operation is for. */
type Reader = { readonly kind: string; readonly id: string }

/** What one operation has read. Disposed of when its answer is built. */
export interface ReadBudget extends Disposable {
  /** @throws TOO_LARGE or TOO_MUCH_UNREAD when the operation may read nothing more */
  check(): void
  /**
   * Counts rows that the operation has read.
   * @throws as `check`
   */
  take(rows: unknown): void
}

let held = 0
new Gauge({
  name: 'overlord_graph_read_bytes',
  help: 'Bytes read from the database for answers that are being built',
  collect() {
    this.set(held)
  },
})

/** Counts the bytes that operations read, so that answers which are being built cannot fill the memory. */
export class ReadBudgets {
  readonly #limits: Limits
  readonly #byViewer = new Map<string, number>()
  #overall = 0

  constructor(limits: Limits = READ_LIMITS) {
    this.#limits = limits
  }

  /** The budget of one operation of a viewer. Most operations read little: they cost one small object. */
  of(reader: Reader): ReadBudget {
    return new OperationBudget(this, reader)
  }

  /** @throws when an operation of `bytes` so far may read nothing more */
  check(bytes: number, viewer: string): void {
    const { perOperation, perViewer, overall } = this.#limits
    if (bytes > perOperation)
      throw fault('TOO_LARGE', `This answer would read more than the ${perOperation} bytes that are read at once.`)
    if ((this.#byViewer.get(viewer) ?? 0) > perViewer || this.#overall > overall)
      throw fault('TOO_MUCH_UNREAD', 'Too many bytes are being read for operations that are under way.')
  }

  change(viewer: string, more: number): void {
    const now = (this.#byViewer.get(viewer) ?? 0) + more
    if (now > 0) this.#byViewer.set(viewer, now)
    else this.#byViewer.delete(viewer)
    this.#overall += more
    held += more
  }
}

class OperationBudget implements ReadBudget {
  readonly #budgets: ReadBudgets
  readonly #reader: Reader
  #viewer: string | null = null
  #bytes = 0
  #isDone = false

  constructor(budgets: ReadBudgets, reader: Reader) {
    this.#budgets = budgets
    this.#reader = reader
  }

  get #key(): string {
    return (this.#viewer ??= `${this.#reader.kind} ${this.#reader.id}`)
  }

  check(): void {
    this.#budgets.check(this.#bytes, this.#key)
  }

  take(rows: unknown): void {
    if (this.#isDone) return // of a field that nobody waits for any more
    const more = heapBytesOf(rows)
    this.#bytes += more
    this.#budgets.change(this.#key, more)
    this.check()
  }

  [Symbol.dispose](): void {
    if (this.#isDone) return
    this.#isDone = true
    if (this.#bytes) this.#budgets.change(this.#key, -this.#bytes)
  }
}

/** About how many bytes of memory a value of rows takes: nested empty lists take far more than their JSON. */
export function heapBytesOf(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length
  if (typeof value !== 'object' || value === null) return 8
  if (ArrayBuffer.isView(value)) return 96 + value.byteLength
  let bytes = 32
  if (Array.isArray(value)) for (const entry of value) bytes += 8 + heapBytesOf(entry)
  else for (const name in value) bytes += 8 + heapBytesOf((value as Record<string, unknown>)[name])
  return bytes
}

/** The budgets of this process. */
export const readBudgets = new ReadBudgets()
