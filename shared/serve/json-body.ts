import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../errors.ts'
import { readBody } from './read-body.ts'

const MAX_BYTES = 16_384

/** A small JSON object out of a request, or the code of what is wrong with it. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | ErrorCode> {
  // a form of another site cannot send this
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'NOT_JSON'
  const bytes = await readBody(request, MAX_BYTES)
  if (!bytes) return 'TOO_LARGE'
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : 'BAD_USER_INPUT'
  } catch {
    return 'BAD_USER_INPUT' // not JSON
  }
}

/**
 * Whether a body is small enough. It is read here, up to that size, and left at `request.body` for who reads it next.
 */
export async function takeBody(request: IncomingMessage & { body?: Buffer }, most: number): Promise<boolean> {
  const length = request.headers['content-length']
  if (length !== undefined && !(Number(length) <= most)) return false
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return true
  const body = await readBody(request, most)
  if (body) request.body = body
  return body !== null
}
