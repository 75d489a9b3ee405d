import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressOf, networkOf } from './address.ts'

const request = (forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress: '10.1.1.1' },
  }) as unknown as IncomingMessage

describe('the address of a visitor', () => {
  it('is that of the connection, or what a trusted proxy added last', () => {
    expect(addressOf(request('1.2.3.4'), { trustProxy: false })).toBe('10.1.1.1')
    expect(addressOf(request('9.9.9.9, 1.2.3.4'), { trustProxy: true })).toBe('1.2.3.4')
    expect(addressOf(request(), { trustProxy: true })).toBe('10.1.1.1')
  })
})

describe('what limits count by', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::', '2001:db8:1:2::/64'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network))
})
