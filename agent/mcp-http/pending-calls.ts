import type { JSONRPCMessage, RequestId, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'

type Part = { id?: unknown; method?: unknown; params?: { requestId?: unknown } } | null

const partsOf = (body: unknown): Part[] => (Array.isArray(body) ? body : [body]) as Part[]
const isId = (id: unknown): id is RequestId => typeof id === 'string' || typeof id === 'number'

/** The ids of the requests in a body. */
const idsOf = (body: unknown): RequestId[] =>
  partsOf(body).flatMap((part) => (typeof part?.method === 'string' && isId(part.id) ? [part.id] : []))

/** The ids of the requests that a body cancels. */
const cancelledIn = (body: unknown): RequestId[] =>
  partsOf(body).flatMap((part) => {
    const id = part?.method === 'notifications/cancelled' ? part.params?.requestId : undefined
    return isId(id) ? [id] : []
  })

/** The id that a body uses twice, or cancels itself; null if there is none. Its answer would never be complete. */
export function conflictIn(body: unknown): RequestId | null {
  const seen = new Set<RequestId>()
  for (const id of idsOf(body)) {
    if (seen.has(id)) return id
    seen.add(id)
  }
  return cancelledIn(body).find((id) => seen.has(id)) ?? null
}

/**
 * The requests of a session that have no answer yet. The transport ends the stream of a POST when each of its requests
 * is answered, but a cancelled request is never answered, and of two with one id the second takes the stream of the
 * first.
 */
export class PendingCalls {
  readonly #ids = new Set<RequestId>()
  readonly #send: (message: JSONRPCMessage) => Promise<void>

  /** To be made before the transport is connected. */
  constructor(transport: WebStandardStreamableHTTPServerTransport) {
    const send = transport.send.bind(transport)
    this.#send = async (message) => {
      const { id } = message as { id?: RequestId }
      if (id !== undefined && this.#ids.delete(id)) await send(message)
    }
    transport.send = (message, options) =>
      'result' in message || 'error' in message ? this.#send(message) : send(message, options)
  }

  /** The id of a body that a request still under way has; null if there is none. */
  used(body: unknown): RequestId | null {
    return idsOf(body).find((id) => this.#ids.has(id)) ?? null
  }

  /** Counts the requests of a body that is about to be handled. */
  add(body: unknown): void {
    for (const id of idsOf(body)) this.#ids.add(id)
  }

  /** Forgets those of a body that was refused. */
  remove(body: unknown): void {
    for (const id of idsOf(body)) this.#ids.delete(id)
  }

  /** Answers what a body that was handled cancels, so that its stream ends. Clients ignore an answer after that. */
  async endCancelled(body: unknown): Promise<void> {
    for (const id of cancelledIn(body))
      if (this.#ids.has(id)) {
        const error = { code: -32_800, message: 'The request was cancelled.' }
        await this.#send({ jsonrpc: '2.0', id, error })
      }
  }
}
