import { describe, expect, it } from 'vitest'
import { readSignedJson, signJson } from './signed-json.ts'

describe('signed JSON', () => {
  const value = { name: 'Ælfric 😀', n: [1, null, { deep: true }] }
  const text = signJson('key', 'act', value)
  const [body, signature] = text.split('.') as [string, string]

  it('is read as it was signed', () => {
    expect(text).toMatch(/^[\w-]+\.[\w-]{43}$/)
    expect(readSignedJson('key', 'act', text)).toEqual(value)
  })

  it('is nothing with another key or for another purpose', () => {
    expect(readSignedJson('other', 'act', text)).toBeUndefined()
    expect(readSignedJson('key', 'viewer', text)).toBeUndefined()
  })

  it.each([
    ['another body', `${Buffer.from('{"admin":true}').toString('base64url')}.${signature}`],
    ['another signature', `${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`],
    ['half a signature', `${body}.${signature.slice(0, 20)}`],
    ['no signature', `${body}.`],
    ['no dot', body],
    ['something behind it', `${text}.x`],
    ['no body', `.${signature}`],
    ['nothing', ''],
    ['what is no base64', '€.€'],
  ])('is nothing with %s', (_, forged) => {
    expect(readSignedJson('key', 'act', forged)).toBeUndefined()
  })
})
