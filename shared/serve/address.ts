import type { IncomingMessage } from 'node:http'

/** The visitor's address; a proxy's word counts only when the operator says there is one. */
export function addressOf(request: IncomingMessage, { trustProxy }: { trustProxy: boolean }): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined
  return (
    (typeof forwarded === 'string' ? forwarded.split(',').at(-1)!.trim() : request.socket.remoteAddress) ?? 'unknown'
  )
}
