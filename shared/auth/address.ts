import { isIPv4, isIPv6 } from 'node:net'

/** The network of an address, without the host: `203.0.113.x`, `2001:db8:1::x`. Null for an invalid address. */
export function shortAddress(address: string | null | undefined): string | null {
  if (!address) return null
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return plain.replace(/\d+$/, 'x')
  if (!isIPv6(plain)) return null
  if (plain === '::1') return plain
  const [head = '', tail = ''] = plain.replace(/%.*$/, '').split('::')
  const [before, after] = [groupsOf(head), groupsOf(tail)]
  // `::` stands for as many zeros as are missing.
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 3).join(':')}::x`
}

const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'))
