import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { ExecutionResult } from 'graphql'
import type { RowVersions, StreamPhase } from '../../../shared/pubsub/row-versions.ts'
import { counted } from './counters.ts'
import type { Events, Start } from './execution.ts'
import { newerPart, withPlace, type Entry } from './entry.ts'
import { nextMessage, textFrame } from './frame.ts'
import type { Member } from './member.ts'
import { laterPosition } from './positions.ts'
import { failed, startAgain } from './retry.ts'
import { Ring } from './ring.ts'

/** The last event a reader received. */
export interface Cursor {
  stream: string
  seq: number
}

/** How long a stream continues without readers, for readers that reconnect. */
const LINGER_MS = 15_000

/**
 * All readers of one subscription with the same rights. It is executed once, each event is serialized once and framed
 * once per operation id, and the same bytes go to every socket.
 */
export class Group {
  readonly stream = randomBytes(6).toString('base64url')
  readonly #start: Start
  readonly #gatherMs: number
  readonly #onEnd: () => void
  readonly #members = new Map<string, Set<Member>>()
  readonly #ring = new Ring()
  #size = 0
  #seq = 0
  /** Of a stream of facts: the id of the last one. */
  #position: string | null = null
  #batch: Entry[] = []
  #isDue = false
  #changes: Events | null = null
  #newcomers: Member[] = []
  #isSendingSnapshots = false
  #isOver = false
  #linger: NodeJS.Timeout | undefined

  constructor(options: { start: Start; gatherMs: number; onEnd: () => void }) {
    this.#start = options.start
    this.#gatherMs = options.gatherMs
    this.#onEnd = options.onEnd
  }

  /** Subscribes to the changes; a refusal is returned and ends the group. */
  async open(): Promise<ExecutionResult | null> {
    const changes = await this.#start('changes')
    if (!(Symbol.asyncIterator in changes)) {
      this.close(null)
      return changes
    }
    this.#changes = changes
    this.#position = changes.position ?? null
    if (this.#isOver) void changes.return?.()
    else void this.#pump(changes)
    return null
  }

  /**
   * Adds a reader: sends what it missed if that is still buffered, else a snapshot; then every change. False if the
   * stream is over.
   */
  join(member: Member, cursor: Cursor | null): boolean {
    if (this.#isOver) return false
    clearTimeout(this.#linger)
    const same = this.#members.get(member.id) ?? new Set()
    this.#members.set(member.id, same.add(member))
    this.#size++
    counted.readers++
    this.#flush() // what came before it is not for it
    const missed = cursor?.stream === this.stream ? this.#ring.after(cursor.seq) : null
    if (missed) {
      for (const entry of missed) member.send(entry.json)
      member.state = 'along'
    } else this.#queueSnapshot(member)
    return true
  }

  /** A reader whose connection broke may resume for a while; one that unsubscribes is removed at once. */
  leave(member: Member): void {
    const same = this.#members.get(member.id)
    if (!same?.delete(member)) return
    if (!same.size) this.#members.delete(member.id)
    counted.readers--
    if (--this.#size > 0 || this.#isOver) return
    if (member.isOpen) return this.close(null)
    this.#linger = globalThis.setTimeout(() => this.close(null), LINGER_MS).unref()
  }

  /** Ends the stream for all its readers, with a final result if there is one. */
  close(last: ExecutionResult | null): void {
    if (this.#isOver) return
    this.#flush()
    this.#isOver = true
    clearTimeout(this.#linger)
    this.#onEnd()
    void this.#changes?.return?.()
    for (const members of this.#members.values()) for (const member of members) member.end(last)
  }

  async #pump(changes: Events): Promise<void> {
    try {
      for await (const { result, versions } of changes) this.#take(result, versions)
    } catch {
      // Reported where it failed. The stream is restarted as after a lost connection.
    }
    if (!this.#isOver) await this.#restart()
  }

  /**
   * Restarts after the subgraph was lost. A stream of facts goes on after the last one; of any other all readers get a
   * snapshot once the subgraph is back.
   */
  async #restart(): Promise<void> {
    const position = this.#position
    const phase: StreamPhase = position === null ? 'changes' : { after: position }
    const changes = await startAgain(this.#start, phase, () => this.#isOver)
    if (changes === null) return
    if (!(Symbol.asyncIterator in changes)) return this.close(changes)
    this.#changes = changes
    if (position === null)
      for (const members of this.#members.values())
        for (const member of members) if (member.state === 'along') this.#queueSnapshot(member)
    void this.#pump(changes)
  }

  #take(result: ExecutionResult, versions: RowVersions | null): void {
    const seq = ++this.#seq
    this.#position = laterPosition(this.#position, versions?.position)
    const entry = { seq, result, versions, json: withPlace(result, { stream: this.stream, seq }) }
    counted.events++
    this.#ring.push(entry)
    this.#batch.push(entry)
    if (versions?.lost) this.#lose(versions.lost)
    if (this.#isDue) return
    this.#isDue = true
    // Events that arrive together are written together: one write per socket.
    if (this.#gatherMs > 0) void setTimeout(this.#gatherMs).then(() => this.#flush())
    else setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#isDue = false
    if (!this.#batch.length) return
    const batch = this.#batch
    this.#batch = []
    for (const [id, members] of this.#members) {
      let frames: Buffer | null = null
      for (const member of members) {
        if (member.state === 'joining') member.hold(batch)
        else if (member.state === 'behind') this.#skip(member, batch.length)
        else if (member.isFull) this.#fallBehind(member, batch.length)
        else {
          frames ??= framesOf(id, batch)
          member.write(frames)
          counted.sent += batch.length
        }
      }
    }
  }

  #skip(member: Member, events: number): void {
    member.skipped += events
    counted.skipped += events
  }

  /** A slow reader does not delay others: events it cannot take are skipped; once it can, it gets a snapshot. */
  #fallBehind(member: Member, events: number): void {
    member.state = 'behind'
    this.#skip(member, events)
    member.onceDrained(() => this.#queueSnapshot(member))
  }

  /** The gateway itself was too slow: all readers get a snapshot. */
  #lose(events: number): void {
    for (const members of this.#members.values())
      for (const member of members) {
        this.#skip(member, events)
        if (member.state === 'along') this.#queueSnapshot(member)
      }
  }

  #queueSnapshot(member: Member): void {
    member.state = 'joining'
    this.#newcomers.push(member)
    if (!this.#isSendingSnapshots) void this.#sendSnapshots()
  }

  /**
   * Sends snapshots to new readers. Readers that join meanwhile wait for the next one, since this one may miss what
   * they missed.
   */
  async #sendSnapshots(): Promise<void> {
    this.#isSendingSnapshots = true
    while (this.#newcomers.length && !this.#isOver) {
      const members = this.#newcomers
      this.#newcomers = []
      const sent = await this.#sendSnapshot(members).catch(failed)
      for (const member of members)
        if (sent instanceof Map) this.#catchUp(member, sent)
        else member.end(sent)
    }
    this.#isSendingSnapshots = false
  }

  /** Versions by key of the rows sent; or the refusal. */
  async #sendSnapshot(members: readonly Member[]): Promise<Map<string, string> | ExecutionResult> {
    const sent = new Map<string, string>()
    const events = await this.#start('now')
    if (!(Symbol.asyncIterator in events)) return events
    for await (const { result, versions } of events) {
      for (const [key, version] of versions?.rows ?? []) sent.set(key, version)
      this.#sendSnapshotEvent(members, result)
    }
    return sent
  }

  #sendSnapshotEvent(members: readonly Member[], result: ExecutionResult): void {
    const json = withPlace(result, { stream: this.stream, seq: this.#seq, now: true })
    const frames = new Map<string, Buffer>()
    for (const member of members) {
      if (member.skipped) {
        member.sendAfterSkipped(result, this.stream, this.#seq, true)
        continue
      }
      if (!frames.has(member.id)) frames.set(member.id, textFrame(nextMessage(member.id, json)))
      member.write(frames.get(member.id)!)
    }
    counted.sent += members.length
  }

  #catchUp(member: Member, sent: ReadonlyMap<string, string>): void {
    this.#flush()
    const { held } = member
    member.held = []
    member.state = 'along'
    for (const entry of held) {
      const news = newerPart(entry, sent)
      if (!news) continue
      if (member.skipped) member.sendAfterSkipped(news, this.stream, entry.seq, false)
      else if (news === entry.result) member.send(entry.json)
      else member.send(withPlace(news, { stream: this.stream, seq: entry.seq }))
      counted.sent++
    }
  }
}

function framesOf(id: string, entries: readonly Entry[]): Buffer {
  const frames = entries.map(({ json }) => textFrame(nextMessage(id, json)))
  return frames.length === 1 ? frames[0]! : Buffer.concat(frames)
}
