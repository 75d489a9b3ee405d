// Between the requests of Node and those of the web, in which the SDK is written.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { toWebRequest } from '@modelcontextprotocol/node'

/** A client that does not read its answer for so long is disconnected. */
const READ_MS = 30_000

/**
 * Answers a request by `fetch`. The head of the answer is sent at once, even if its first event takes long, and a
 * client that leaves cancels the answer at once: the adapter of the SDK does both only with the next event.
 * @param body the parsed body; undefined without one
 */
export async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  fetch: (request: Request) => Promise<Response>,
): Promise<void> {
  const left = new AbortController()
  const leave = () => left.abort()
  response.once('close', leave)
  if (response.destroyed) leave()
  try {
    const answer = await fetch(await toWebRequest(request, body, { signal: left.signal }))
    if (left.signal.aborted) return await answer.body?.cancel()
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.flushHeaders()
    if (answer.body) await pass(answer.body, response, left.signal)
    response.end()
  } finally {
    response.off('close', leave)
  }
}

async function pass(body: ReadableStream<Uint8Array>, response: ServerResponse, left: AbortSignal): Promise<void> {
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => undefined) // it failed already
  left.addEventListener('abort', cancel, { once: true })
  if (left.aborted) cancel()
  try {
    for (let step = await reader.read(); !step.done && !left.aborted; step = await reader.read())
      if (!response.write(step.value))
        await once(response, 'drain', { signal: AbortSignal.any([left, AbortSignal.timeout(READ_MS)]) })
  } catch (error) {
    cancel()
    // A client that has disconnected needs no answer; any other error ends the connection, so that a partial answer is
    // not taken for a complete one.
    if (!left.aborted) response.destroy(error as Error)
  } finally {
    left.removeEventListener('abort', cancel)
  }
}
