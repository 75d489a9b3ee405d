import type { PubSub } from './pubsub.ts'

/** Maximum characters; the one updated longest ago is removed. */
const MAX_CHARACTERS = 20_000

/** The newest event of each character, as published. */
export interface Newest<E> extends AsyncDisposable {
  /** Events received within the last `ms`, of the named characters or of all. */
  since(ms: number, names: readonly string[] | null): E[]
}

/**
 * Keeps the newest events, since an event published before it is stored is in neither place for a moment: a reader that
 * subscribes just then would find it neither in the database nor in the stream.
 */
export async function newest<E extends { character: string; receivedAt: string }>(
  pubsub: PubSub,
  topic: string,
): Promise<Newest<E>> {
  const events = new Map<string, E>()
  const stop = await pubsub.subscribe(topic, (event) => {
    const { character } = event as E
    events.delete(character) // to the end: insertion order is age
    events.set(character, event as E)
    if (events.size > MAX_CHARACTERS) events.delete(events.keys().next().value!)
  })
  return {
    since(ms, names) {
      const from = new Date(Date.now() - ms).toISOString()
      const wanted = names ? names.flatMap((name) => events.get(name) ?? []) : [...events.values()]
      return wanted.filter((event) => event.receivedAt > from)
    },
    [Symbol.asyncDispose]() {
      stop()
      return Promise.resolve()
    },
  }
}

/** Stored rows, replaced by newer events. */
export function withNewer<E extends { character: string; receivedAt: string }>(
  stored: readonly E[],
  events: readonly E[],
): E[] {
  const rows = new Map(stored.map((row) => [row.character, row]))
  for (const event of events) {
    const row = rows.get(event.character)
    if (!row || event.receivedAt > row.receivedAt) rows.set(event.character, event)
  }
  return [...rows.values()]
}
