// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { listNames } from './useGuildNews.ts'
import { backoffMs } from '../graph/connection.ts'
import { signInFault } from './sign-in.ts'

describe('sign-in', () => {
  it('does not say which of name and password was wrong', () => {
    expect(signInFault(401, null, 'no such user').text).toBe('That name and password do not fit together.')
  })
  it('says how long to wait after too many tries', () => {
    expect(signInFault(429, '20', undefined)).toMatchObject({ kind: 'slow-down', waitS: 20 })
    expect(signInFault(429, null, undefined).waitS).toBe(30)
  })
  it('passes on what the server says of itself', () => {
    expect(signInFault(503, null, 'Starting up.').text).toBe('Starting up.')
    expect(signInFault(500, null, undefined).text).toContain('500')
  })
})

describe('reconnect', () => {
  it('waits from half a second up to ten, spread by a fifth', () => {
    expect(backoffMs(0, () => 0.5)).toBe(500)
    expect(backoffMs(3, () => 0.5)).toBe(4000)
    expect(backoffMs(99, () => 0.5)).toBe(10_000)
    expect(backoffMs(99, () => 1)).toBe(12_000)
  })
})

describe('spoken news', () => {
  it('names a few and counts many', () => {
    expect(listNames(['Larsson', 'Talin'])).toBe('Larsson and Talin')
    expect(listNames(['a', 'b', 'c', 'd', 'e'])).toBe('5 characters')
  })
})
