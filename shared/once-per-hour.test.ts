import { expect, it } from 'vitest'
import { OncePerHour } from './once-per-hour.ts'

it('[OPS10] logs a kind once an hour, with how many came since', () => {
  const logged = new OncePerHour()
  const hour = 3_600_000
  expect([logged.take('a', 0), logged.take('a', 1), logged.take('b', 2), logged.take('a', hour - 1)]).toEqual([
    1,
    null,
    1,
    null,
  ])
  expect([logged.take('a', hour), logged.take('a', hour + 1), logged.take('a', 2 * hour)]).toEqual([3, null, 2])
  // A clock that was put back must not silence a kind for longer.
  expect(logged.take('a', 5)).toBe(1)
})

it('remembers a bounded number of kinds', () => {
  const logged = new OncePerHour()
  for (let n = 0; n < 5_000; n++) expect(logged.take(`kind ${n}`, n)).toBe(1)
  expect(logged.take('kind 0', 5_000)).toBe(1)
  expect(logged.take('kind 4999', 5_000)).toBeNull()
})
