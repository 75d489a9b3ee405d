import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { metricsAccess } from './metrics-access.ts'

const bearing = (authorization?: string) => ({ headers: { authorization } }) as IncomingMessage

it('[OPS7] lets in who bears the token, and nobody where there is none', () => {
  const holds = metricsAccess('the metrics token', { SECRET_KEY: 'another secret' })
  expect(holds(bearing('Bearer the metrics token'))).toBe(true)
  for (const other of [undefined, '', 'Bearer', 'Bearer another secret', 'the metrics token', 'Bearer undefined'])
    expect(holds(bearing(other))).toBe(false)
  for (const any of [undefined, 'Bearer undefined', 'Bearer '])
    expect(metricsAccess(undefined, {})(bearing(any))).toBe(false)
})

it('[OPS7] refuses a token that opens something else too', () => {
  expect(() => metricsAccess('the same', { SECRET_KEY: 'the same' })).toThrow(/METRICS_TOKEN is the same as SECRET_KEY/)
})
