import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/errors.ts'

const MAX_BYTES = 16_384

/** A body as it came; null once it is larger than `most` bytes: whoever stops reading can still answer, since the connection stays. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return null
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

/** A small JSON object out of a request, or the code of what is wrong with it. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | ErrorCode> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'NOT_JSON' // a form of another site cannot send this
  const told = await bodyOf(request, MAX_BYTES)
  if (!told) return 'TOO_LARGE'
  try {
    const body: unknown = JSON.parse(told.toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : 'BAD_USER_INPUT'
  } catch {
    return 'BAD_USER_INPUT' // not JSON
  }
}

/** Whether a body is small enough. It is read here, up to that size, and left at `request.body` for who reads it next. */
export async function takeBody(request: IncomingMessage & { body?: Buffer }, most: number): Promise<boolean> {
  const told = request.headers['content-length']
  if (told !== undefined && !(Number(told) <= most)) return false
  if (told === undefined && request.headers['transfer-encoding'] === undefined) return true
  const body = await bodyOf(request, most)
  if (body) request.body = body
  return body !== null
}
