import { expect, it } from 'vitest'
import { CallLimits } from './call-limits.ts'

const fast = { name: 'get_live_players', isSlow: false }
const slow = { name: 'suitbuilder_search', isSlow: true }

it('slow tools have a narrower limit of their own, refilled evenly; a refused call is not counted', () => {
  let now = 0
  const limits = new CallLimits(() => now)
  for (let call = 0; call < 20; call++) expect(limits.admit('token 1', slow)).toBeNull()
  for (let call = 0; call < 50; call++) expect(limits.admit('token 1', slow)).toMatch(/Try again in 3 s/)
  expect(limits.admit('token 1', fast)).toBeNull()
  expect(limits.admit('token 2', slow)).toBeNull()
  now += 3_000
  expect(limits.admit('token 1', slow)).toBeNull()
  expect(limits.admit('token 1', slow)).not.toBeNull()
})

it('a principal may call six thousand times a minute over all tools', () => {
  let now = 0
  const limits = new CallLimits(() => now)
  for (let call = 0; call < 6_000; call++) expect(limits.admit('token 1', fast)).toBeNull()
  expect(limits.admit('token 1', fast)).toMatch(/Try again in 1 s/)
  now += 10
  expect(limits.admit('token 1', fast)).toBeNull()
})
