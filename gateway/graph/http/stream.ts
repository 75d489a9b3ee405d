// Sends the events of a subscription over HTTP, as server-sent events or as parts of one body.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { ExecutionResult } from 'graphql'
import { fault } from '../../../shared/errors.ts'
import type { StreamType } from './media-type.ts'

/** Sent while nothing else is, so that no balancer in between takes the connection for idle. */
const HEARTBEAT_MS = 12_000
/** How long one event may wait for its reader. */
const UNREAD_EVENT_MS = 30_000

interface Framing {
  contentType: string
  begin: string
  event(result: ExecutionResult): string
  heartbeat: string
  end: string
}

const part = (json: string) => `\r\n--graphql\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}`

const framings: Record<StreamType, Framing> = {
  events: {
    contentType: 'text/event-stream; charset=utf-8',
    begin: ':\n\n',
    event: (result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`,
    heartbeat: ':\n\n',
    end: 'event: complete\ndata:\n\n',
  },
  'apollo parts': {
    contentType: 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
    begin: '',
    event: (result) => part(JSON.stringify({ payload: result })),
    heartbeat: part('{}'),
    end: '\r\n--graphql--\r\n',
  },
  parts: {
    contentType: 'multipart/mixed; boundary="graphql"',
    begin: '',
    event: (result) => part(JSON.stringify(result)),
    heartbeat: '',
    end: '\r\n--graphql--\r\n',
  },
}

/**
 * Sends events until they or their reader end. The next event is taken only when the last one is on its way: a reader
 * who takes nothing for half a minute is disconnected.
 */
export async function sendStream(
  response: ServerResponse,
  type: StreamType,
  events: AsyncIterable<ExecutionResult>,
): Promise<void> {
  const { contentType, begin, event, heartbeat, end } = framings[type]
  const source = events[Symbol.asyncIterator]()
  const leave = () => void source.return?.().catch(() => undefined)
  if (response.destroyed) return leave()
  response.once('close', leave)
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  response.flushHeaders()
  if (begin) response.write(begin)
  const beat = setInterval(() => {
    if (heartbeat && !response.writableNeedDrain) response.write(heartbeat)
  }, HEARTBEAT_MS).unref()
  try {
    for (let step = await source.next(); !step.done; step = await source.next())
      if (!(await written(response, event(step.value)))) return
  } catch {
    // Reported where it failed; the reader learns that nothing follows.
    if (!response.destroyed) response.write(event({ errors: [fault('INTERNAL_SERVER_ERROR')] }))
  } finally {
    clearInterval(beat)
    if (!response.destroyed) response.end(end)
  }
}

/** Writes and waits for the reader where it is behind. False when the reader is gone. */
async function written(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false
  if (response.write(text)) return true
  const ending = new AbortController()
  const fuse = setTimeout(() => response.destroy(), UNREAD_EVENT_MS)
  await Promise.race([
    once(response, 'drain', { signal: ending.signal }),
    once(response, 'close', { signal: ending.signal }),
  ]).catch(() => undefined)
  clearTimeout(fuse)
  ending.abort()
  return !response.destroyed
}

/** A single result as a stream, for readers that take nothing else. */
export async function* single(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield await Promise.resolve(result)
}
