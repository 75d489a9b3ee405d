import { expect, it } from 'vitest'
import { shortAddress } from './address.ts'

it.each([
  ['203.0.113.77', '203.0.113.x'],
  ['::ffff:203.0.113.77', '203.0.113.x'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::x'],
  ['2001:db8::6', '2001:db8:0::x'],
  ['fe80::1%eth0', 'fe80:0:0::x'],
  ['fe80::1%', null],
  ['fe80:1:2:3:4:5:6:7%eth0.12', 'fe80:1:2::x'],
  ['1:2:3::', '1:2:3::x'],
  ['1::', '1:0:0::x'],
  ['1::2:3:4:5:6:7', '1:0:2::x'],
  ['1:2::3:4:5:6:7', '1:2:0::x'],
  ['::2:3:4:5:6:7:8', '0:2:3::x'],
  ['::2', '0:0:0::x'],
  ['::', '0:0:0::x'],
  ['1:2:3:4:5:6:203.0.113.77', '1:2:3::x'],
  ['64:ff9b::ffff:203.0.113.77', '64:ff9b:0::x'],
  ['::1', '::1'],
  ['unknown', null],
  ['', null],
  [undefined, null],
])('an address is shortened to its network: %s', (address, short) => expect(shortAddress(address)).toBe(short))
