import { Readable } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { readJson, takeBody } from './json-body.ts'

type Headers = Record<string, string>
const request = (text: string, headers: Headers) =>
  Object.assign(Readable.from([Buffer.from(text)]), { headers }) as unknown as IncomingMessage & { body?: Buffer }
const json = { 'content-type': 'application/json' }

describe('a JSON body', () => {
  it.each([
    ['{"a":1}', 'application/json'],
    ['{"a":1}', 'application/json; charset=utf-8'],
    ['{"a":1}', 'Application/JSON'],
  ])('%s sent as %s is read', async (text, type) => {
    expect(await readJson(request(text, { 'content-type': type }))).toEqual({ a: 1 })
  })

  it.each([
    ['text/plain', 'NOT_JSON'],
    ['text/plain; application/json', 'NOT_JSON'],
    ['application/jsonp', 'NOT_JSON'],
    ['application/x-www-form-urlencoded', 'NOT_JSON'],
  ])('is refused when it is sent as %s', async (type, code) => {
    expect(await readJson(request('{}', { 'content-type': type }))).toBe(code)
    expect(await readJson(request('{}', {}))).toBe('NOT_JSON')
  })

  it.each(['', 'a', '"text"', '7', 'null', '[]', '[{}]', '{'])('%j is no object, and refused', async (text) => {
    expect(await readJson(request(text, json))).toBe('BAD_USER_INPUT')
  })

  it('has at most 16 KiB', async () => {
    const ofSize = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`
    expect(await readJson(request(ofSize(16_384), json))).toEqual({ a: 'x'.repeat(16_376) })
    expect(await readJson(request(ofSize(16_385), json))).toBe('TOO_LARGE')
  })
})

describe('a body of limited size', () => {
  it.each<[string, Headers, string, boolean, string | undefined]>([
    ['as long as it says', { 'content-length': '3' }, 'abc', true, 'abc'],
    ['longer than is taken', { 'content-length': '4' }, 'abcd', false, undefined],
    ['of no length that can be read', { 'content-length': 'x' }, 'abc', false, undefined],
    ['longer than it says', { 'content-length': '3' }, 'abcd', false, undefined],
    ['in chunks', { 'transfer-encoding': 'chunked' }, 'abc', true, 'abc'],
    ['in chunks, too long', { 'transfer-encoding': 'chunked' }, 'abcd', false, undefined],
    ['not there: neither length nor chunks', {}, 'abcd', true, undefined],
  ])('%s', async (_, headers, text, isTaken, body) => {
    const asked = request(text, headers)
    expect(await takeBody(asked, 3)).toBe(isTaken)
    expect(asked.body?.toString()).toBe(body)
  })
})
