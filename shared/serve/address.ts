import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** The visitor's address; a proxy's word counts only when the operator says there is one. */
export function addressOf(request: IncomingMessage, { trustProxy }: { trustProxy: boolean }): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined
  return (
    (typeof forwarded === 'string' ? forwarded.split(',').at(-1)!.trim() : request.socket.remoteAddress) ?? 'unknown'
  )
}

const GROUPS = 8
/** A network of IPv6 is given to one customer: its first four groups. */
const OWN_GROUPS = 4

/**
 * What limits per address count by: an address of IPv4, also one written as IPv6, or the network `/64` of an address of
 * IPv6, because one visitor has all the others of it. Other text stays as it is.
 */
export function networkOf(address: string): string {
  const plain = address
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase()
  const mapped = /^(?:0{0,4}:){1,6}(?::)?ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(plain)) return address
  const [head = '', tail = ''] = plain.split('::')
  const groupsOf = (text: string) => text.split(':').filter(Boolean)
  const [first, last] = [groupsOf(head), groupsOf(tail)]
  const missing = plain.includes('::') ? Math.max(0, GROUPS - first.length - last.length) : 0
  const groups = [...first, ...Array<string>(missing).fill('0'), ...last]
  return `${groups
    .slice(0, OWN_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
