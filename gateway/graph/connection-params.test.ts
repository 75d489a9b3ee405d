import { expect, it } from 'vitest'
import { bearerIn } from './connection-params.ts'

it.each([
  [undefined, undefined],
  [{}, undefined],
  [{ token: 'x' }, 'x'],
  [{ token: 5 }, 5],
  [{ Authorization: 'Bearer x' }, 'x'],
  [{ authorization: 'bearer  x ' }, 'x'],
  [{ headers: { Authorization: 'Bearer x' } }, 'x'],
  [{ token: 'x', Authorization: 'Bearer y' }, 'x'],
  [{ Authorization: 'Basic x' }, ''],
  [{ Authorization: ['Bearer x'] }, ''],
  [{ Authorization: null, headers: 'none' }, undefined],
])('the credential of the connection parameters %j is %j', (params, token) => {
  expect(bearerIn(params)).toBe(token)
})
