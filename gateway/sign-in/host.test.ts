import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isOurHost } from './host.ts'

const from = (host: string | undefined) => ({ headers: { host } }) as unknown as IncomingMessage
const ours = { publicUrl: 'https://guild.example/path', hosts: ['also.example'] }

describe('a name we are called by', () => {
  it.each([
    'localhost:4000',
    '127.0.0.1',
    '[::1]:4000',
    '192.168.0.7:4000',
    'gateway',
    'x.localhost',
    'guild.example',
    'GUILD.example:443',
    'guild.example.',
    'also.example:81',
    undefined,
  ])('%s is ours', (host) => expect(isOurHost(from(host), ours)).toBe(true))
  it.each([
    'evil.example',
    'guild.example.evil.example',
    'localhost.evil.example',
    'evil.notlocalhost',
    'evil.example@localhost.x.y',
    'a b',
    '',
    '::',
  ])('%s is not', (host) => expect(isOurHost(from(host), ours)).toBe(false))
  it('is any name, if the operator says so', () => {
    expect(isOurHost(from('evil.example'), { publicUrl: undefined, hosts: ['*'] })).toBe(true)
    expect(isOurHost(from('guild.example'), { publicUrl: undefined, hosts: [] })).toBe(false)
  })
})
