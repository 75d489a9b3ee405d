import { Worker } from 'node:worker_threads'
import { fault } from '../../../shared/errors.ts'
import type { Log } from '../../../shared/log.ts'
import {
  NOTHING_JOINT,
  NOTHING_YET,
  type JointQuestion,
  type SuitQuestion,
  type JointReport,
  type ProgressReport,
} from './progress.ts'
import type { Task, WorkerMessage } from './worker.ts'

/** Searches that may wait for their turn: all together, and of one person. */
const MAX_WAITING = 20
const MAX_OF_ONE = 5
/** A thread that has not answered so long after its time was up is ended. */
const PATIENCE_MS = 15_000
const MAX_MEMORY_MB = 1_024

/** How a search stands, or that it failed by our fault. */
export type SuitNews = ProgressReport | JointReport | { failed: true }
type Listener = (news: SuitNews) => void

export const isOver = (news: SuitNews): boolean => 'failed' in news || news.phase === 'DONE'

/** One search, from its place in the queue to its end. */
class SuitSearch {
  latest: SuitNews
  readonly who: string
  readonly question: SuitQuestion | JointQuestion
  readonly flag = new SharedArrayBuffer(4)
  private readonly listeners = new Set<Listener>()
  private readonly onCancel: (search: SuitSearch) => void

  constructor(who: string, question: SuitQuestion | JointQuestion, onCancel: (search: SuitSearch) => void) {
    this.who = who
    this.question = question
    this.latest = this.nothing
    this.onCancel = onCancel
  }

  publish(news: SuitNews): void {
    this.latest = news
    for (const listener of this.listeners) listener(news)
  }

  /** The progress while it waits. */
  get nothing(): ProgressReport | JointReport {
    return 'wearers' in this.question ? NOTHING_JOINT : NOTHING_YET
  }

  subscribe(listener: Listener): void {
    this.listeners.add(listener)
  }

  /** Ends it, running or not. Subscribers get no more events. */
  cancel(): void {
    this.listeners.clear()
    Atomics.store(new Int32Array(this.flag), 0, 1)
    this.onCancel(this)
  }
}

/**
 * Searches for suits, one at a time in a thread of its own, so that no search takes more than one core from other
 * requests. The queue is fair: people take turns, so many searches of one person do not delay those of another.
 */
export class SuitSearches implements AsyncDisposable {
  private readonly databaseUrl: string
  private readonly log: Log
  private waiting: SuitSearch[] = []
  private running: { search: SuitSearch; fuse: NodeJS.Timeout; id: number } | null = null
  private worker: Worker | null = null
  private ids = 0
  private turns = new Map<string, number>()

  constructor({ databaseUrl, log }: { databaseUrl: string; log: Log }) {
    this.databaseUrl = databaseUrl
    this.log = log
  }

  /** Begins a search, or puts it into the queue. */
  begin(who: string, question: SuitQuestion | JointQuestion): SuitSearch {
    const own = this.waiting.filter((search) => search.who === who).length
    if (this.waiting.length >= MAX_WAITING || own >= MAX_OF_ONE)
      throw fault('TOO_MANY_STREAMS', 'Too many searches for suits wait for their turn.')
    const search = new SuitSearch(who, question, (cancelled) => this.leave(cancelled))
    this.waiting.push(search)
    if (this.running) this.publishPlaces()
    else this.next()
    return search
  }

  /** Searches that run or wait. */
  get size(): number {
    return this.waiting.length + (this.running ? 1 : 0)
  }

  private next(): void {
    if (this.running) return
    if (!this.waiting.length) return this.turns.clear()
    const turnsOf = ({ who }: SuitSearch) => this.turns.get(who) ?? 0
    const search = this.waiting.reduce((first, other) => (turnsOf(other) < turnsOf(first) ? other : first))
    this.waiting = this.waiting.filter((other) => other !== search)
    this.turns.set(search.who, turnsOf(search) + 1)
    const id = ++this.ids
    const fuse = setTimeout(
      () => this.lost(new Error('It did not answer in time')),
      search.question.timeLimitMs + PATIENCE_MS,
    )
    fuse.unref()
    this.running = { search, fuse, id }
    const { question, flag } = search
    this.thread().postMessage({ id, question, flag } satisfies Task)
    this.publishPlaces()
  }

  private thread(): Worker {
    if (this.worker) return this.worker
    const isSource = import.meta.url.endsWith('.ts')
    const worker = new Worker(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url), {
      workerData: { databaseUrl: this.databaseUrl },
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
      ...(isSource ? { execArgv: ['--import', 'tsx'] } : {}),
    })
    worker.unref()
    worker.on('message', (message: WorkerMessage) => this.hear(message))
    worker.on('error', (error) => this.worker === worker && this.lost(error))
    worker.on('exit', () => this.worker === worker && this.lost(new Error('Its thread ended')))
    return (this.worker = worker)
  }

  private hear(message: WorkerMessage): void {
    const { running } = this
    if (running?.id !== message.id) return
    if ('failure' in message) this.log.error({ error: message.failure }, 'a search for a suit failed')
    const news = 'failure' in message ? ({ failed: true } as const) : message.progress
    if (isOver(news)) this.end()
    running.search.publish(news)
    if (isOver(news)) this.next()
  }

  private end(): void {
    if (this.running) clearTimeout(this.running.fuse)
    this.running = null
  }

  /** The thread is gone, or no good any more: its search fails, the next one gets another. */
  private lost(error: unknown): void {
    const { worker, running } = this
    this.worker = null
    void worker?.terminate()
    if (running) this.log.error({ error }, 'a search for a suit failed')
    this.end()
    running?.search.publish({ failed: true })
    this.next()
  }

  /** One that runs sees its flag and says soon that it is done. */
  private leave(search: SuitSearch): void {
    const before = this.waiting.length
    this.waiting = this.waiting.filter((other) => other !== search)
    if (this.waiting.length < before) this.publishPlaces()
  }

  private publishPlaces(): void {
    const ahead = this.running ? 1 : 0
    this.waiting.forEach((search, place) => search.publish({ ...search.nothing, waiting: place + ahead }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.waiting = []
    this.end()
    const { worker } = this
    this.worker = null
    await worker?.terminate()
  }
}
