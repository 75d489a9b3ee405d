import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** Under which names we are reached. */
export interface Hosts {
  publicUrl: string | undefined
  /** Further names, without ports; `*` for any. */
  hosts: readonly string[]
}

/**
 * Whether a request calls us by a name of ours. A page of another site can make its own name resolve to us, and would
 * then be of our origin: such a name has a dot and is none of ours. Addresses and names without a dot cannot be taken
 * that way.
 */
export function isOurHost(request: IncomingMessage, { publicUrl, hosts }: Hosts): boolean {
  const given = request.headers.host
  if (given === undefined) return true // HTTP/1.0: no browser
  const name = nameIn(given)
  if (name === null) return false
  if (!name.includes('.') || isIP(name) || name.endsWith('.localhost')) return true
  if (publicUrl && name === new URL(publicUrl).hostname) return true
  return hosts.includes('*') || hosts.some((host) => host.toLowerCase() === name)
}

/** Names in headers seen before: clients send the same few all the time. */
const remembered = new Map<string, string | null>()
const MAX_REMEMBERED = 100

/** The name in a header `host`, without port, brackets and the dot at its end; null where there is none. */
function nameIn(header: string): string | null {
  const known = remembered.get(header)
  if (known !== undefined) return known
  const url = `http://${header}`
  const name = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '') : null
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(header, name)
  return name
}
