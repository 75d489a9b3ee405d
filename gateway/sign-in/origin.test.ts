import { describe, expect, it } from 'vitest'
import { isOurs, type Origins } from './origin.ts'

const origins = {
  allowed: ['https://friends.example'],
  publicUrl: 'https://overlord.example/below',
  trustProxy: false,
  hosts: [],
} as unknown as Origins
const from = (origin: string | undefined, host = 'here.example:4000') =>
  isOurs({ headers: { origin, host }, socket: {} } as never, origins)

describe('an origin', () => {
  it('is ours if it was allowed, is our public one, or the one that is asked; or if no page asks', () => {
    expect(
      ['https://friends.example', 'https://overlord.example', 'https://here.example:4000', undefined].map((origin) =>
        from(origin),
      ),
    ).toEqual([true, true, true, true])
  })

  it.each([
    'https://friends.example.evil.example',
    'https://friends.exampl',
    'https://friends.example:8443',
    'http://friends.example',
    'https://not-friends.example',
    'https://overlord.example.evil.example',
    'https://overlord.exampl',
    'https://overlord.example:444',
    'https://overlord.example/below',
    'http://overlord.example',
    'https://here.example:40000',
    'https://here.example:400',
    'https://here.example',
    'http://here.example:4000',
    'https://here.example:4000.evil.example',
    'https://evil.example/https://friends.example',
    'HTTPS://FRIENDS.EXAMPLE',
    'null',
    '',
  ])('is foreign if it only begins, ends or looks like ours: %s', (origin) => {
    expect(from(origin)).toBe(false)
  })

  it('is foreign even if nobody set a public address', () => {
    const bare = { ...origins, publicUrl: undefined, allowed: [] } as unknown as Origins
    const asked = (origin: string) => isOurs({ headers: { origin, host: 'here:1' }, socket: {} } as never, bare)
    expect([asked('http://here:1'), asked('https://friends.example'), asked('http://here:12')]).toEqual([
      true,
      false,
      false,
    ])
  })
})
