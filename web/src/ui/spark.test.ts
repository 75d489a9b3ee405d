import { describe, expect, it } from 'vitest'
import { evenSteps, sparkPath } from './spark.ts'

describe('the small line', () => {
  it('runs from edge to edge, the greatest value on top', () =>
    expect(sparkPath([0, 5, 10], 22, 12)).toBe('M1 11L11 6L21 1'))
  it('is interrupted where nothing was reported, and shows one value alone as a dash', () =>
    expect(sparkPath([10, 10, null, 5], 22, 12)).toBe('M1 1L7.7 1M21 6h1'))
  it('draws nothing without a value, and zeros at the bottom', () => {
    expect(sparkPath([null, null], 22, 12)).toBe('')
    expect(sparkPath([0, 0], 22, 12)).toBe('M1 11L21 11')
  })
})

describe('equal steps', () => {
  it('hold the last value of each step, and null where nothing was reported', () =>
    expect(
      evenSteps(['2026-03-01T12:00:05Z', '2026-03-01T12:00:19Z', '2026-03-01T12:00:50Z'], [1, 2, 3], since, until, 3),
    ).toEqual([2, null, 3]))
  it('leave out what lies before and after', () =>
    expect(evenSteps(['2026-03-01T11:59:59Z', '2026-03-01T12:01:00Z'], [1, 2], since, until, 3)).toEqual([
      null,
      null,
      null,
    ]))
})
const since = Date.parse('2026-03-01T12:00:00Z')
const until = Date.parse('2026-03-01T12:01:00Z')
