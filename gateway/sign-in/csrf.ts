import type { IncomingMessage } from 'node:http'

/** Headers that a page of another site cannot set without the browser asking us first. */
export const CSRF_HEADERS = [
  'x-overlord',
  'x-graphql-yoga-csrf',
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-apollo-operation-name',
] as const

/** What a form can send. */
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])

/**
 * Whether a page of another site could have sent a request with the visitor's session: no header of it needs the
 * browser's question beforehand. A request with a bearer token is nobody else's.
 */
export function mayBeForged({ headers }: IncomingMessage): boolean {
  if (headers.authorization !== undefined) return false
  if (CSRF_HEADERS.some((name) => headers[name] !== undefined)) return false
  const [type] = (headers['content-type'] ?? '').split(';')
  return headers['content-type'] === undefined || SIMPLE_TYPES.has(type!.trim().toLowerCase())
}
