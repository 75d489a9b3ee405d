import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isSecure, sessionCookie, sessionsOf } from './cookie.ts'
import { isOurs, type Origins } from './origin.ts'

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage
const plain: Origins = { publicUrl: undefined, trustProxy: false, allowed: [], hosts: [] }

describe('the session cookie', () => {
  it('is __Host-sid and Secure on HTTPS, sid on plain HTTP', () => {
    expect(sessionCookie('x', true, 7)).toMatch(/^__Host-sid=x; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/)
    expect(sessionCookie('x', false, 7)).toMatch(/^sid=x; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
  })
  it('on HTTPS is never taken from the unprotected name, which a neighbour host could set', () => {
    expect(sessionsOf(request({ cookie: 'sid=planted' }), true)).toEqual([])
    expect(sessionsOf(request({ cookie: 'a=b; __Host-sid=mine' }), true)).toEqual(['mine'])
  })
  it('a proxy’s word for HTTPS counts only when the operator says there is a proxy', () => {
    const forwarded = request({ 'x-forwarded-proto': 'https' })
    expect(isSecure(forwarded, plain)).toBe(false)
    expect(isSecure(forwarded, { ...plain, trustProxy: true })).toBe(true)
    expect(isSecure(request({}), { ...plain, publicUrl: 'https://guild.example' })).toBe(true)
  })
})

describe('an origin', () => {
  it('is ours when it is the host asked, the public address, or allowed', () => {
    const from = (origin: string) => request({ origin, host: 'localhost:4000' })
    expect(isOurs(from('http://localhost:4000'), plain)).toBe(true)
    expect(isOurs(from('https://localhost:4000'), plain)).toBe(false)
    expect(isOurs(from('http://evil.example'), plain)).toBe(false)
    expect(isOurs(from('null'), plain)).toBe(false)
    expect(isOurs(from('https://guild.example'), { ...plain, publicUrl: 'https://guild.example/path' })).toBe(true)
    expect(isOurs(from('https://tools.example'), { ...plain, allowed: ['https://tools.example'] })).toBe(true)
  })
})
