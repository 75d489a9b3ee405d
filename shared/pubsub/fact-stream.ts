// Streams of facts: what was stored after an id, each fact once and in order, then what is stored from then on.
import type { PubSub } from './pubsub.ts'
import type { ResumeNote, RowVersions, StreamPhase, VersionedStream } from './row-versions.ts'

/** Facts of one kind in the database, in the order in which they are delivered. */
export interface StoredFacts<T> {
  /** The first and the last id that are stored; null without any. */
  range(): Promise<{ oldest: string; newest: string } | null>
  /** Settles once every fact before those that can be read now can be read too. */
  settled(): Promise<void>
  /** Those after one id and up to another that a reader wants and may see, in order, at most `limit`. */
  page(after: string, upTo: string, limit: number): Promise<T[]>
  /** Their events are published once they can be read: one look for each event finds them. */
  areCommitted?: boolean
  /** Facts are states: each is replaced by a newer one with a greater id, and none is deleted. */
  areStates?: boolean
  /** The id that a reader resumes from. */
  idOf(fact: T): string
  /** Whether there is something after `other` when the newest is `id`. */
  isNewer(id: string, other: string): boolean
}

/** Facts read at once. The next ones are read when these were taken. */
const PAGE_SIZE = 500
/** How long after an event it is looked for: one that is published before it is stored may take a while. */
const PAUSES_MS = [0, 30, 60, 120, 250, 500, 1_000, 2_000, 4_000]
/** How often is looked without an event, in case one was lost on its way. */
const IDLE_MS = 10_000

export interface FactStream<T> {
  pubsub: PubSub
  /** The requested phase, set by the host of the subgraph. */
  phase: StreamPhase
  /** Where events about these facts are published. */
  topics: readonly string[]
  /** The id a reader received last; null or undefined to begin with what comes. */
  afterId: string | null | undefined
  facts: StoredFacts<T>
  /**
   * The stream without an id to resume from: facts as they are published. Without it, facts that are stored from now
   * on.
   */
  live?: () => VersionedStream<T>
  /**
   * How long to rest between looks at the store, for facts that are announced much more often than there are new ones.
   */
  restMs?: number
}

/** Follows facts: the stored ones in order from an id on, or those that come. */
export function factStream<T>({ phase, afterId, facts, live, ...source }: FactStream<T>): VersionedStream<T> {
  const from = typeof phase === 'object' ? phase.after : afterId
  if (from !== null && from !== undefined && phase !== 'now') return new StoredStream({ ...source, facts, from })
  return live ? new LiveStream(live(), facts) : new StoredStream({ ...source, facts, from: null })
}

/** Facts as they are published, each with its id as the position from which a lost stream goes on. */
class LiveStream<T> implements VersionedStream<T> {
  versions: RowVersions | null = null
  readonly #events: VersionedStream<T>
  readonly #facts: StoredFacts<T>

  constructor(events: VersionedStream<T>, facts: StoredFacts<T>) {
    this.#events = events
    this.#facts = facts
  }

  listen(): Promise<void> {
    return this.#events.listen()
  }

  /** Where the stream stands before its first event. */
  async position(): Promise<string> {
    return (await this.#facts.range())?.newest ?? '0'
  }

  async next(): Promise<IteratorResult<T>> {
    const step = await this.#events.next()
    if (!step.done)
      this.versions = { rows: [], lost: 0, ...this.#events.versions, position: this.#facts.idOf(step.value) }
    return step
  }

  return(value?: unknown): Promise<IteratorResult<T>> {
    return this.#events.return!(value)
  }

  throw(error: unknown): Promise<IteratorResult<T>> {
    return this.#events.throw!(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/**
 * Reads the store page by page, each when the one before was taken: a slow reader holds up nobody and takes no memory.
 * Events only say when to look.
 */
class StoredStream<T> implements VersionedStream<T> {
  versions: RowVersions | null = null
  readonly #facts: StoredFacts<T>
  readonly #pubsub: PubSub
  readonly #topics: readonly string[]
  readonly #from: string | null
  readonly #restMs: number
  #position: string
  #note: ResumeNote | null = null
  #rows: T[] = []
  #stops: (() => void)[] = []
  #begun: Promise<void> | null = null
  #isOver = false
  /** How often was looked in vain since the last event. */
  #tries = 0
  /** An event came since the store was looked at last. */
  #isAnnounced = false
  /** The last look found all there was. */
  #hasAll = false
  #wake: () => void = () => undefined

  /** @param source `from` is the id to begin after; null to begin with what is stored from now on */
  constructor({
    pubsub,
    topics,
    facts,
    from,
    restMs = 0,
  }: Omit<FactStream<T>, 'phase' | 'afterId' | 'live'> & { from: string | null }) {
    this.#pubsub = pubsub
    this.#topics = topics
    this.#facts = facts
    this.#from = from
    this.#restMs = restMs
    this.#position = from ?? '0'
  }

  listen(): Promise<void> {
    this.#begun ??= this.#begin()
    return this.#begun
  }

  async position(): Promise<string> {
    if (this.#from === null) await this.listen()
    return this.#position
  }

  async next(): Promise<IteratorResult<T>> {
    try {
      await this.listen()
      for (;;) {
        if (this.#isOver) return { value: undefined, done: true }
        const value = this.#rows.shift()
        if (value !== undefined) return this.#deliver(value)
        if (this.#isCaughtUp() || !(await this.#fill())) await this.#pause()
      }
    } catch (error) {
      this.#end()
      throw error
    }
  }

  return(value?: unknown): Promise<IteratorResult<T>> {
    this.#end()
    return Promise.resolve({ value, done: true })
  }

  throw(error: unknown): Promise<IteratorResult<T>> {
    this.#end()
    return Promise.reject(error as Error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #deliver(value: T): IteratorResult<T> {
    const id = this.#facts.idOf(value)
    const note = this.#note
    this.#note = null
    this.versions = { rows: [[id, id]], lost: 0, position: id, ...(note && { resume: note }) }
    return { value, done: false }
  }

  async #begin(): Promise<void> {
    const onEvent = () => {
      this.#tries = 0
      this.#isAnnounced = true
      this.#wake()
    }
    for (const topic of new Set(this.#topics)) {
      const stop = await this.#pubsub.subscribe(topic, onEvent)
      if (this.#isOver) stop()
      else this.#stops.push(stop)
    }
    const range = await this.#facts.range()
    if (this.#from === null) {
      this.#position = range?.newest ?? '0'
      return
    }
    // A reader that begins with 0 wants what is stored, and has missed nothing. Of states only the newest is wanted,
    // and that is stored. Other ids have gaps: this may err on the safe side.
    const isFromStart = BigInt(this.#from) === 0n
    const isComplete = range === null || isFromStart || this.#facts.areStates === true
    const complete = isComplete || BigInt(range.oldest) <= BigInt(this.#from) + 1n
    this.#note = { complete, oldestId: range?.oldest ?? null }
  }

  /** Reads the next page. False when there is nothing newer. */
  async #fill(): Promise<boolean> {
    this.#isAnnounced = false
    const range = await this.#facts.range()
    if (!range || !this.#facts.isNewer(range.newest, this.#position)) return false
    await this.#facts.settled()
    const rows = await this.#facts.page(this.#position, range.newest, PAGE_SIZE)
    this.#position = rows.length < PAGE_SIZE ? range.newest : this.#facts.idOf(rows.at(-1)!)
    this.#rows = rows
    this.#tries = 0
    this.#hasAll = rows.length < PAGE_SIZE
    return true
  }

  /** There can be nothing new: what was there is read, and nothing was announced since. */
  #isCaughtUp = (): boolean => this.#facts.areCommitted === true && this.#hasAll && !this.#isAnnounced

  /** Waits for an event, or for what was announced by one and was not there yet. */
  #pause(): Promise<void> {
    this.#hasAll = false
    const mayFollow = this.#facts.areCommitted ? this.#isAnnounced : true
    const ms = Math.max((mayFollow ? PAUSES_MS[this.#tries++] : undefined) ?? IDLE_MS, this.#restMs)
    const restedAt = performance.now() + this.#restMs
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        const left = this.#isOver ? 0 : restedAt - performance.now()
        if (left > 0) timer = setTimeout(resolve, left)
        else resolve()
      }
    })
  }

  #end(): void {
    this.#isOver = true
    this.#rows = []
    for (const stop of this.#stops) stop()
    this.#stops = []
    this.#wake()
  }
}
