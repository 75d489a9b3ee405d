import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Log } from '../../shared/log.ts'
import type { FrameResult } from '../frames/read-frame.ts'
import type { Row } from '../rows/row.ts'
import { isLong, readArrived, type Items, type ItemsPiece, type ArrivedFrame, type ResultHead } from './pieces.ts'
import type { Question } from './worker.ts'

/** A frame of more bytes is large: reading it takes longer than a turn of the event loop may. */
export const LARGE_BYTES = 256 * 1024
/** The thread ends after so long without a frame: it takes tens of megabytes. */
const IDLE_MS = 30_000
/** More heap than the largest frame needs several times over. */
const MAX_MEMORY_MB = 512

/**
 * Reads large frames in a thread of their own, one at a time, in the order in which they were given. The thread starts
 * with the first frame. When it is lost, the frame is read here instead: late for others, but not lost.
 */
export class LargeFrames implements AsyncDisposable {
  readonly #log: Log
  readonly #memoryMb: number
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | null = null
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #isEnding = false

  constructor(log: Log, { memoryMb = MAX_MEMORY_MB }: { memoryMb?: number } = {}) {
    this.#log = log
    this.#memoryMb = memoryMb
  }

  /**
   * The same as `readFrame` gives, but for the frame itself, which is null unless it registers.
   * @throws once this was ended: the frame is not read then
   */
  read(frame: ArrivedFrame): Promise<FrameResult> {
    this.#waiting++
    const result = this.#last.then(() => this.#read(frame))
    this.#last = result.catch(() => undefined)
    return result
  }

  async #read(frame: ArrivedFrame): Promise<FrameResult> {
    if (this.#idle) clearTimeout(this.#idle)
    try {
      // Copied: the caller keeps its bytes, and a view of a buffer would take the whole buffer along.
      const body = new Uint8Array(frame.body)
      const { result, pieces } = await this.#ask<ResultHead>({ ...frame, body }, [body.buffer])
      if (result.kind === 'kept') await this.#fill(result.rows, pieces)
      return result
    } catch (error) {
      if (this.#isEnding) throw error
      this.#log.error({ error }, 'a large frame is read beside the others: its thread was lost')
      return readArrived(frame)
    } finally {
      if (--this.#waiting === 0) this.#idle = setTimeout(() => void this.#end(), IDLE_MS).unref()
    }
  }

  /** Receives the items of inventories, each piece in a turn of the event loop of its own. */
  async #fill(rows: readonly Row[], pieces: number): Promise<void> {
    for (let nth = 0; nth < pieces; nth++) {
      await turn()
      const piece = await this.#ask<ItemsPiece>('next')
      const row = rows[piece.row]!
      if (isLong(row)) for (const item of piece.items) (row.row.items as Items[number][]).push(item)
    }
  }

  #ask<T>(question: Question, transfer: ArrayBuffer[] = []): Promise<T> {
    const worker = this.#thread()
    return new Promise<T>((resolve, reject) => {
      const settle = (then: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        then()
      }
      const onMessage = (message: T) => settle(() => resolve(message))
      const onError = (error: unknown) =>
        settle(() => reject(error instanceof Error ? error : new Error(String(error))))
      const onExit = () => settle(() => reject(new Error('The thread that reads large frames ended.')))
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage(question, transfer)
    })
  }

  #thread(): Worker {
    if (this.#isEnding) throw new Error('The thread that reads large frames was ended.')
    if (this.#worker) return this.#worker
    const isSource = import.meta.url.endsWith('.ts')
    const worker = new Worker(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
      ...(isSource ? { execArgv: ['--import', 'tsx'] } : {}),
    })
    worker.unref()
    const lost = () => {
      if (this.#worker === worker) this.#worker = null
    }
    worker.on('error', lost).on('exit', lost)
    return (this.#worker = worker)
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  /** Ends the thread. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnding = true
    if (this.#idle) clearTimeout(this.#idle)
    await this.#end()
  }
}
