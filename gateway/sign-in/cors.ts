import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Origins } from './origin.ts'

/**
 * Lets pages of allowed origins read our answers. True when it was such a page's question beforehand, which is
 * answered here.
 * @param methods what they may send
 */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  { allowed }: Origins,
  methods: readonly string[],
): boolean {
  const { origin } = request.headers
  if (origin === undefined || !allowed.includes(origin)) return false
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('vary', 'origin')
  if (request.method !== 'OPTIONS') return false
  const headers = 'content-type, authorization, x-overlord, x-graphql-yoga-csrf, graphql-require-preflight'
  response
    .writeHead(204, {
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': headers,
      'access-control-max-age': '600',
    })
    .end()
  return true
}
