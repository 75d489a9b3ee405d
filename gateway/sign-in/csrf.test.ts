import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { mayBeForged } from './csrf.ts'

it.each([
  [{}, true],
  [{ 'content-type': 'text/plain; application/json' }, true],
  [{ 'content-type': 'Application/X-WWW-Form-Urlencoded' }, true],
  [{ 'content-type': 'multipart/form-data; boundary=x' }, true],
  [{ 'content-type': 'application/json' }, false],
  [{ authorization: 'Bearer x' }, false],
  [{ authorization: 'Bearer x', 'content-type': 'text/plain' }, false],
  [{ 'graphql-require-preflight': '1' }, false],
  [{ 'x-overlord': '' }, false],
  [{ 'apollo-require-preflight': 'true', 'content-type': 'text/plain' }, false],
])('a page of another site could send a session’s request with %j: %j', (headers, expected) => {
  expect(mayBeForged({ headers } as unknown as IncomingMessage)).toBe(expected)
})
