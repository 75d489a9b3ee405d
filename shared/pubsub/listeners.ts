import type { Listener } from './pubsub.ts'

const MAX_TOPICS = 10_000

/** Listeners by topic, where a listener's `*` stands for any one word. */
export class Listeners {
  readonly #byTopic = new Map<string, Set<Listener>>()
  /** Which subscription topics a topic falls under; forgotten whenever one comes or goes. */
  readonly #under = new Map<string, readonly string[]>()

  /** Whether this was the topic's first listener. */
  add(topic: string, listener: Listener): boolean {
    const there = this.#byTopic.get(topic)
    if (there) {
      there.add(listener)
      return false
    }
    this.#byTopic.set(topic, new Set([listener]))
    this.#under.clear()
    return true
  }

  /** Whether this was the topic's last listener. */
  remove(topic: string, listener: Listener): boolean {
    const there = this.#byTopic.get(topic)
    if (!there?.delete(listener) || there.size > 0) return false
    this.#byTopic.delete(topic)
    this.#under.clear()
    return true
  }

  /** Delivers to the listeners of exactly this subscription topic. */
  deliver(subscribed: string, topic: string, event: unknown): void {
    for (const listener of this.#byTopic.get(subscribed) ?? []) listener(event, topic)
  }

  /** Delivers to the listeners of every subscription topic that matches `topic`. */
  deliverMatching(topic: string, event: unknown): void {
    let under = this.#under.get(topic)
    if (!under) {
      if (this.#under.size >= MAX_TOPICS) this.#under.clear()
      under = [...this.#byTopic.keys()].filter((subscribed) => subscribed === topic || matches(subscribed, topic))
      this.#under.set(topic, under)
    }
    for (const subscribed of under) this.deliver(subscribed, topic, event)
  }

  get size(): number {
    let size = 0
    for (const set of this.#byTopic.values()) size += set.size
    return size
  }

  clear(): void {
    this.#under.clear()
    this.#byTopic.clear()
  }
}

function matches(pattern: string, topic: string): boolean {
  const wanted = pattern.split('.')
  const words = topic.split('.')
  return wanted.length === words.length && wanted.every((word, i) => word === '*' || word === words[i])
}
