import type { IncomingMessage } from 'node:http'
import { readBody } from '../../shared/serve/read-body.ts'

const MAX_BYTES = 262_144
/** Objects and lists within each other. Checks of a message go through it by recursion. */
const MAX_DEPTH = 64
/** Messages of one body. They run at once, as one call among those that a principal runs at once. */
const MAX_BATCH = 16
/** Within this time a body has arrived. */
const BODY_MS = 10_000

/** The body of a request as JSON, or why there is none. A request that has none by its method gives `undefined`. */
export type ReadMessage =
  { body: unknown } | { refused: 'NOT_JSON' | 'TOO_LARGE' | 'TOO_DEEP' | 'TOO_MANY' | 'BROKEN' | 'TOO_SLOW' }

/**
 * Reads a message. After `TOO_SLOW` the rest of it may still arrive: close the connection.
 * @param bodyMs how long the body may take, in milliseconds
 */
export async function readMessage(request: IncomingMessage, bodyMs = BODY_MS): Promise<ReadMessage> {
  if (request.method !== 'POST') return { body: undefined }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return { refused: 'NOT_JSON' }
  const bytes = await inTime(readBody(request, MAX_BYTES), bodyMs)
  if (bytes === 'TOO_SLOW') return { refused: bytes }
  if (!bytes) return { refused: 'TOO_LARGE' }
  const text = bytes.toString('utf8')
  if (isTooDeep(text)) return { refused: 'TOO_DEEP' }
  try {
    const body = JSON.parse(text) as unknown
    return Array.isArray(body) && body.length > MAX_BATCH ? { refused: 'TOO_MANY' } : { body }
  } catch {
    return { refused: 'BROKEN' }
  }
}

async function inTime<T>(value: Promise<T>, ms: number): Promise<T | 'TOO_SLOW'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'TOO_SLOW'>((resolve) => {
    timer = setTimeout(() => resolve('TOO_SLOW'), ms)
  })
  value.catch(() => undefined) // an error of the body after the timeout is ignored
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Whether a text nests deeper than a message may, without reading it as JSON. One pass, whatever the text is. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (isString) {
      if (char === '\\') at++
      else if (char === '"') isString = false
    } else if (char === '"') isString = true
    else if (char === '[' || char === '{') {
      if (++depth > MAX_DEPTH) return true
    } else if (char === ']' || char === '}') depth--
  }
  return false
}
