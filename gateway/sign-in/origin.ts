import type { IncomingMessage } from 'node:http'
import { isSecure, type Reached } from './cookie.ts'
import type { Hosts } from './host.ts'

export interface Origins extends Reached, Hosts {
  allowed: readonly string[]
}

/**
 * Whether a page of this origin may use a visitor's session: our own pages, and those the operator allowed.
 * Requests without an Origin are no browser's cross-site ones.
 */
export function isOurs(request: IncomingMessage, origins: Origins): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (origins.allowed.includes(origin)) return true
  if (origins.publicUrl && origin === new URL(origins.publicUrl).origin) return true
  return origin === `${isSecure(request, origins) ? 'https' : 'http'}://${host}`
}
