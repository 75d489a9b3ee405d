import type { FormattedExecutionResult } from 'graphql'
import { type Client, type Sink, type SubscribePayload, createClient } from 'graphql-ws'
import { backoffMs, reportConnection } from './connection.ts'
import { credential } from './credential.ts'
import { OperationIds } from './operation-ids.ts'

const PING_MS = 12_000
const PONG_MS = 6_000
/** The server says by these that the session is over; anything else is worth another try. */
const SESSION_OVER = new Set([4401, 4403])

let client: Client | undefined
let onSessionOver: () => void = () => undefined

export function whenSessionOver(callback: () => void) {
  onSessionOver = callback
}

export const sessionIsOver = () => onSessionOver()

const ids = new OperationIds()
const idOf = new WeakMap<SubscribePayload, string>()

/** Follows a stream over the one socket of this page, which the first one opens. Ends it by what it returns. */
export function subscribe<Data>(
  payload: SubscribePayload,
  sink: Sink<FormattedExecutionResult<Data, unknown>>,
): () => void {
  client ??= openSocket()
  const id = ids.take(payload.query || JSON.stringify(payload.extensions), payload.variables)
  idOf.set(payload, id)
  let isKnown = false
  return client.subscribe<Data>(payload, {
    next(result) {
      isKnown = true
      sink.next(result)
    },
    error(cause) {
      ids.giveBack(id, { isKnown })
      sink.error(cause)
    },
    complete() {
      ids.giveBack(id, { isKnown })
      sink.complete()
    },
  })
}

export async function closeSocket() {
  const closing = client
  client = undefined
  reportConnection({ status: 'idle' })
  await closing?.dispose()
}

function openSocket(): Client {
  let open: WebSocket | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let epoch = 0
  let isRetried = false
  return createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: credential,
    lazyCloseTimeout: 3_000,
    keepAlive: PING_MS,
    connectionAckWaitTimeout: 15_000,
    generateID: (payload) => idOf.get(payload)!,
    retryAttempts: Infinity,
    shouldRetry: (fault) => !isSessionOver(fault),
    retryWait: async (retries) => {
      reportConnection({ status: 'lost', retries: retries + 1 })
      await new Promise((resolve) => setTimeout(resolve, backoffMs(retries, Math.random)))
    },
    on: {
      connecting: (isRetry) => {
        isRetried = isRetry
        reportConnection({ status: isRetry ? 'lost' : 'connecting' })
      },
      connected: (socket) => {
        open = socket as WebSocket
        // Opened again after nothing was followed for a while, it has lost nothing: what returns asks by itself.
        if (epoch === 0 || isRetried) epoch += 1
        reportConnection({ status: 'live', epoch, retries: 0 })
      },
      // After sleep, a laptop's socket may look open and be dead: only a missing pong shows it.
      ping: (received) => {
        if (received) return
        silence = setTimeout(() => open?.readyState === WebSocket.OPEN && open.close(4408, 'Request Timeout'), PONG_MS)
      },
      pong: (received) => received && clearTimeout(silence),
      closed: (event) => {
        clearTimeout(silence)
        if (isSessionOver(event)) onSessionOver()
        else reportConnection({ status: (event as CloseEvent).code === 1000 ? 'idle' : 'lost' })
      },
    },
  })
}

function isSessionOver(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && SESSION_OVER.has(Number(event.code))
}
