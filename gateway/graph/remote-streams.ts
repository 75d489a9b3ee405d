import type { ExecutionResult, GraphQLError } from 'graphql'
import { createClient, type Client, type SubscribePayload } from 'graphql-ws'
import WebSocket from 'ws'
import { fault } from '../../shared/errors.ts'
import type { Renewal } from '../../shared/serve/end-with-viewer.ts'

/** The connection parameters: signed viewer and stream phase. */
export type Ticket = Readonly<Record<string, unknown>>

/** How long an idle socket stays open. */
const LINGER_MS = 3_000
/** A lost machine closes no socket: a process that answers no ping within this time is treated as lost. */
const PING_MS = 10_000
const PONG_MS = 5_000

/** A subgraph ends a socket with its signed viewer, which is valid for ten minutes at least. */
const RENEW_MS = 120_000

/** Events that may wait for one reader of a stream. */
const MAX_WAITING = 10_000

interface Line {
  client: Client
  /** Settles once the socket is accepted, rejects if it is not. */
  open: Promise<void>
}

/**
 * Streams of a subgraph's processes, one socket per ticket and process. A broken socket ends its streams and is not
 * reopened here: events in between would be lost silently. The reader restarts with a snapshot.
 */
export function streamsOf(urls: readonly string[], renew: (signedViewer: string) => string, renewMs = RENEW_MS) {
  const lines = new Map<string, Line>()
  let turn = 0

  function lineTo(url: string, ticket: Ticket): Line {
    const key = JSON.stringify([url, ticket])
    const known = lines.get(key)
    if (known) return known
    const client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazyCloseTimeout: LINGER_MS,
      keepAlive: PING_MS,
      connectionParams: { ...ticket },
    })
    let silence: NodeJS.Timeout | undefined
    client.on('ping', (wasReceived) => {
      if (!wasReceived) silence = setTimeout(() => client.terminate(), PONG_MS).unref()
    })
    client.on('pong', (wasReceived) => wasReceived && clearTimeout(silence))
    client.on('connected', (socket) => keepSigned(socket as WebSocket, String(ticket['signedViewer']), renew, renewMs))
    const forget = () => void (lines.get(key)?.client === client && lines.delete(key))
    const open = new Promise<void>((resolve, reject) => {
      client.on('connected', () => resolve())
      client.on('closed', (event) => {
        clearTimeout(silence)
        forget()
        reject(event as Error)
      })
      client.on('error', (error) => {
        forget()
        reject(error as Error)
      })
    })
    open.catch(() => undefined) // thrown again where it is awaited
    const line = { client, open }
    lines.set(key, line)
    return line
  }

  return {
    /** The events of a subscription, from the next process that takes it. @throws NOT_READY when none does */
    async follow(asked: SubscribePayload, ticket: Ticket): Promise<AsyncIterableIterator<ExecutionResult>> {
      for (let tries = urls.length; tries > 0; tries--) {
        const { client, open } = lineTo(urls[turn++ % urls.length]!, ticket)
        const events = followed(client, asked)
        try {
          await open
          return events
        } catch {
          await events.return!() // the next process may take it
        }
      }
      throw fault('NOT_READY')
    },
    async [Symbol.asyncDispose]() {
      for (const { client } of [...lines.values()]) await client.dispose()
      lines.clear()
    },
  }
}

/** Renews the signed viewer of an open socket. */
function keepSigned(socket: WebSocket, first: string, renew: (signedViewer: string) => string, everyMs: number): void {
  let signedViewer = first
  const timer = setInterval(() => {
    signedViewer = renew(signedViewer)
    const renewal: Renewal = { type: 'ping', payload: { signedViewer } }
    socket.send(JSON.stringify(renewal))
  }, everyMs).unref()
  socket.addEventListener('close', () => clearInterval(timer))
}

/**
 * The events of a subscription, ended if the socket breaks: an error would reach the readers as an event. One that runs
 * ahead of its reader by too much is ended too, once the reader has what came before.
 */
function followed(client: Client, asked: SubscribePayload): AsyncIterableIterator<ExecutionResult> {
  const waiting: ExecutionResult[] = []
  let isOver = false
  let wake: () => void = () => undefined
  const end = () => {
    isOver = true
    wake()
  }
  const push = (result: ExecutionResult) => {
    if (isOver) return
    waiting.push(result)
    if (waiting.length >= MAX_WAITING) {
      end()
      stop()
    }
    wake()
  }
  const stop = client.subscribe<ExecutionResult['data'] & object>(asked, {
    next: (result) => push(result as ExecutionResult),
    error(error) {
      if (Array.isArray(error)) push({ errors: error as GraphQLError[] }) // the subgraph's errors of the operation
      end()
    },
    complete: end,
  })
  return {
    async next() {
      while (!waiting.length && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      const value = waiting.shift()
      return value ? { value, done: false } : { value: undefined, done: true }
    },
    return() {
      waiting.length = 0
      end()
      stop()
      return Promise.resolve({ value: undefined, done: true })
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
