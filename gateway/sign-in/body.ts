import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/errors.ts'

const MAX_BYTES = 16_384

/** A small JSON object out of a request, or the code of what is wrong with it. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | ErrorCode> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'NOT_JSON' // a form of another site cannot send this
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
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
