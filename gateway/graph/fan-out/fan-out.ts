import { createHash } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import type { WebSocket } from 'ws'
import { counted } from './counters.ts'
import type { Start } from './execution.ts'
import { Group, type Cursor } from './group.ts'
import { Member } from './member.ts'

/** A subscription request. */
export interface Asked {
  socket: WebSocket
  /** The id its client gave the operation. */
  id: string
  /** The document without its author's blanks. */
  text: string
  operationName: string | null | undefined
  variables: Readonly<Record<string, unknown>> | null | undefined
  /** Everything the answer depends on beside the document: two viewers of the same scope read the same stream. */
  scope: string
  /** Where the reader broke off, if it did. */
  cursor: Cursor | null
  start: Start
}

/**
 * Streams with many readers, each executed once. With stable operation ids (such as a hash of the operation) one frame
 * serves all readers.
 */
export class FanOut {
  readonly #gatherMs: number
  readonly #groups = new Map<string, { group: Group; opening: Promise<ExecutionResult | null> }>()

  /** `gatherMs`: for how long events are gathered into one write; 0 gathers what comes in one turn of the loop. */
  constructor(gatherMs = 0) {
    this.#gatherMs = gatherMs
  }

  /**
   * A stream for graphql-ws to hold. It yields only the final result, since events are written to the socket
   * directly.
   */
  async join(asked: Asked): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
    const { group, opening } = this.#groupOf(asked)
    const refusal = await opening
    if (refusal) return refusal
    const member = new Member(asked.socket, asked.id)
    if (!group.join(member, asked.cursor)) return this.join(asked) // it ended just now
    return holding(member, () => group.leave(member))
  }

  close(): void {
    for (const { group } of [...this.#groups.values()]) group.close(null)
  }

  #groupOf({ scope, operationName, text, variables, start }: Asked) {
    const parts = [scope, operationName ?? '', text, stable(variables ?? {})]
    const key = createHash('sha256').update(JSON.stringify(parts)).digest('base64')
    const there = this.#groups.get(key)
    if (there) return there
    const onEnd = () => {
      if (this.#groups.get(key)?.group !== group) return
      this.#groups.delete(key)
      counted.streams--
    }
    const group = new Group({ start, gatherMs: this.#gatherMs, onEnd })
    const fresh = { group, opening: group.open() }
    fresh.opening.catch(() => group.close(null))
    this.#groups.set(key, fresh)
    counted.streams++
    return fresh
  }
}

/** JSON that does not depend on the order of fields. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

function holding(member: Member, leave: () => void): AsyncGenerator<ExecutionResult> {
  let isOver = false
  return {
    async next() {
      const last = isOver ? null : await member.ended
      if (isOver || !last) {
        leave()
        return { value: undefined, done: true }
      }
      isOver = true
      return { value: last, done: false }
    },
    return() {
      isOver = true
      leave()
      member.end(null)
      return Promise.resolve({ value: undefined, done: true })
    },
    throw(error: unknown) {
      isOver = true
      leave()
      member.end(null)
      return Promise.reject(error as Error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      await this.return(undefined)
    },
  }
}
