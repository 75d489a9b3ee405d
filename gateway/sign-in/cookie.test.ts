import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isSecure, sessionCookie, sessionsOf } from './cookie.ts'

const request = (headers: Record<string, string | string[]>) => ({ headers }) as unknown as IncomingMessage
const plain = { publicUrl: undefined, trustProxy: false }
const proxied = { publicUrl: 'http://guild.example', trustProxy: true }

describe('the cookie of a session', () => {
  it.each([
    ['x', true, 7, '__Host-sid=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure'],
    ['x', false, 1, 'sid=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400'],
    ['', false, 0, 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'],
  ])('%j, secure %s, for %d days', (session, secure, days, text) => {
    expect(sessionCookie(session, secure, days)).toBe(text)
  })

  it.each([
    ['sid=a', ['a']],
    ['other=b;  sid=a ; more=c', ['a']],
    ['sid=planted; sid=a', ['planted', 'a']],
    ['sid=1; sid=2; sid=3; sid=4; sid=5', ['1', '2', '3', '4']],
    ['xsid=b', []],
    ['sid=', []],
    ['', []],
  ])('of %j is %j', (cookie, session) => {
    expect(sessionsOf(request({ cookie }), false)).toEqual(session)
    expect(sessionsOf(request({}), false)).toEqual([])
  })
})

describe('a connection', () => {
  it.each([
    ['https', true],
    [' https , http', true],
    ['http, https', false],
    ['http', false],
    ['', false],
  ])('that a proxy says came by %j is encrypted: %s', (forwarded, secure) => {
    expect(isSecure(request({ 'x-forwarded-proto': forwarded }), proxied)).toBe(secure)
    expect(isSecure(request({ 'x-forwarded-proto': forwarded }), plain)).toBe(false)
  })

  it('is encrypted where the public address says so and no proxy says anything', () => {
    const secured = { publicUrl: 'https://guild.example', trustProxy: true }
    expect([isSecure(request({}), secured), isSecure(request({}), proxied), isSecure(request({}), plain)]).toEqual([
      true,
      false,
      false,
    ])
    expect(isSecure(request({ 'x-forwarded-proto': 'http' }), secured)).toBe(false)
    expect(isSecure(request({}), { ...plain, publicUrl: 'http://x.example/https:' })).toBe(false)
  })
})
