import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/errors.ts'

const MAX_BYTES = 16_384

/** Whoever stops reading can still answer: the connection stays. */
const chunksOf = (request: IncomingMessage) => request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>

/** A small JSON object out of a request, or the code of what is wrong with it. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | ErrorCode> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'NOT_JSON' // a form of another site cannot send this
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of chunksOf(request)) {
    size += chunk.length
    if (size > MAX_BYTES) return 'TOO_LARGE'
    chunks.push(chunk)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : 'BAD_USER_INPUT'
  } catch {
    return 'BAD_USER_INPUT' // not JSON
  }
}

/**
 * Whether a body is small enough. One whose size was not told beforehand is read here, up to that size, and left at
 * `request.body` for who reads it next.
 */
export async function takeBody(request: IncomingMessage & { body?: Buffer }, most: number): Promise<boolean> {
  const told = request.headers['content-length']
  if (told !== undefined) return Number(told) <= most
  if (request.headers['transfer-encoding'] === undefined) return true
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of chunksOf(request)) {
    size += chunk.length
    if (size > most) return false
    chunks.push(chunk)
  }
  request.body = Buffer.concat(chunks)
  return true
}
