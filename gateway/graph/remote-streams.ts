import type { ExecutionResult, GraphQLError } from 'graphql'
import { createClient, type Client, type SubscribePayload } from 'graphql-ws'
import WebSocket from 'ws'
import { fault } from '../../shared/errors.ts'

/** The connection parameters: signed viewer and stream phase. */
export type Ticket = Readonly<Record<string, unknown>>

/** How long an idle socket stays open. */
const LINGER_MS = 3_000
/** A lost machine closes no socket: a process that answers no ping within this time is treated as lost. */
const PING_MS = 10_000
const PONG_MS = 5_000

interface Line {
  client: Client
  /** Settles once the socket is accepted, rejects if it is not. */
  open: Promise<void>
}

/**
 * Streams of a subgraph's processes, one socket per ticket and process. A broken socket ends its streams and is not
 * reopened here: events in between would be lost silently. The reader restarts with a snapshot.
 */
export function streamsOf(urls: readonly string[]) {
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
        const events = client.iterate(asked)
        try {
          await open
          return untilBroken(events as AsyncIterableIterator<ExecutionResult>)
        } catch {
          events.next().catch(() => undefined) // the same error again
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

/** The same events, ended if the socket breaks: an error would reach the readers as an event. */
function untilBroken(events: AsyncIterableIterator<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      try {
        return await events.next()
      } catch (error) {
        if (!Array.isArray(error)) return { value: undefined, done: true }
        return { value: { errors: error as GraphQLError[] }, done: false } // the subgraph's errors of the operation
      }
    },
    return: () => events.return!(),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
