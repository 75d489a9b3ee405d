import { MAX_LISTED_ITEMS, type InventoryEvent } from '../../shared/contract/topics.ts'

/** A burst ends after so long without a change, and is published at the latest so long after its first change. */
const QUIET_MS = 150
const MAX_GATHER_MS = 1_000
const CHECK_MS = 50

interface Held {
  event: InventoryEvent
  beganMs: number
  changedMs: number
}

/** Publishes the net changes of a burst, once per character: plugins send a looted corpse or a login item by item. */
export class ChangeGatherer implements Disposable {
  readonly #held = new Map<string, Held>()
  readonly #publish: (topic: string, event: InventoryEvent) => void
  readonly #clock: () => number
  #timer: NodeJS.Timeout | null = null

  /** @param clock milliseconds that only grow */
  constructor(publish: (topic: string, event: InventoryEvent) => void, clock = () => performance.now()) {
    this.#publish = publish
    this.#clock = clock
  }

  take(topic: string, event: InventoryEvent): void {
    const now = this.#clock()
    const held = this.#held.get(topic)
    if (held) {
      held.event = joined(held.event, event)
      held.changedMs = now
    } else this.#held.set(topic, { event, beganMs: now, changedMs: now })
    this.#timer ??= setInterval(() => this.publishDue(), CHECK_MS).unref()
  }

  /** Publishes what is due. */
  publishDue(): void {
    const now = this.#clock()
    for (const [topic, { event, beganMs, changedMs }] of this.#held)
      if (now - changedMs >= QUIET_MS || now - beganMs >= MAX_GATHER_MS) this.#end(topic, event)
    if (this.#held.size || !this.#timer) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  /** Publishes what is left. */
  [Symbol.dispose](): void {
    for (const [topic, { event }] of this.#held) this.#end(topic, event)
    if (this.#timer) clearInterval(this.#timer)
  }

  #end(topic: string, event: InventoryEvent): void {
    this.#held.delete(topic)
    if (event.addedCount + event.updatedCount + event.removedCount > 0) this.#publish(topic, event)
  }
}

/** Two changes of one character, one after the other, as one. */
export function joined(before: InventoryEvent, after: InventoryEvent): InventoryEvent {
  const added = new Set(before.added)
  const updated = new Set(before.updated)
  const removed = new Set(before.removed)
  for (const id of after.added) (removed.delete(id) ? updated : added).add(id)
  for (const id of after.updated) if (!added.has(id)) updated.add(id)
  for (const id of after.removed) {
    updated.delete(id)
    if (!added.delete(id)) removed.add(id)
  }
  const part = (name: 'added' | 'updated' | 'removed', ids: ReadonlySet<string>) => {
    const unlisted = before[`${name}Count`] - before[name].length + (after[`${name}Count`] - after[name].length)
    return { [name]: [...ids].slice(0, MAX_LISTED_ITEMS), [`${name}Count`]: ids.size + unlisted }
  }
  return { ...after, ...part('added', added), ...part('updated', updated), ...part('removed', removed) }
}
