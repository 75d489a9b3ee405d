// Values that processes of ours hand to each other by way of somebody else: JSON with an HMAC of it. 0096 says
// why no library does this.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a value is signed for: a signature for one purpose is worth nothing for another. */
type Purpose = 'viewer' | 'act' | 'browser'

const signatureOf = (key: string, purpose: Purpose, body: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}:${body}`).digest()

/** A value as text that anybody can read and nobody without the key can make: letters, digits, `-`, `_` and one dot. */
export function signJson(key: string, purpose: Purpose, value: unknown): string {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${body}.${signatureOf(key, purpose, body).toString('base64url')}`
}

/** The value; undefined if the text was not signed with this key for this purpose. When it expires is the caller's. */
export function readSignedJson(key: string, purpose: Purpose, text: string): unknown {
  const [body = '', signature = '', ...rest] = text.split('.')
  const given = Buffer.from(signature, 'base64url')
  const wanted = signatureOf(key, purpose, body)
  if (rest.length || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
  return JSON.parse(Buffer.from(body, 'base64url').toString())
}
