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
  if (!URL.canParse(`http://${given}`)) return false
  const { hostname } = new URL(`http://${given}`)
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (!name.includes('.') || isIP(name) || name.endsWith('.localhost')) return true
  if (publicUrl && name === new URL(publicUrl).hostname) return true
  return hosts.includes('*') || hosts.some((host) => host.toLowerCase() === name)
}
