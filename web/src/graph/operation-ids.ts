// Ids of streams on the one socket. The server makes the bytes of an event once for all readers that call their stream
// by the same id: so it is made of what is asked for, and alike in every browser.

/** A hash of some text, 53 bits wide: ids need only be apart within one socket, and they are made so below. */
function hash(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

/** Gives ids to streams, each to one at a time. */
export class OperationIds {
  readonly #taken = new Set<string>()

  /** An id for what is asked for; of several streams of the same, each gets its own. */
  take(document: string, variables: unknown): string {
    const stem = hash(`${document} ${sorted(variables)}`)
    let id = stem
    for (let again = 2; this.#taken.has(id); again++) id = `${stem}.${again}`
    this.#taken.add(id)
    return id
  }

  /**
   * Releases an id for use again, unless its stream got no answer: the server may still be starting it, and would take
   * the next stream with this id for that one.
   */
  giveBack(id: string, { isKnown }: { isKnown: boolean }): void {
    if (isKnown) this.#taken.delete(id)
  }
}
