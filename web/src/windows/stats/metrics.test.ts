import { describe, expect, it } from 'vitest'
import { formatMetric, metrics, shareOfBest } from './metrics.ts'

describe('leaderboards', () => {
  it.each([
    ['KILLS', 1520, '1,520'],
    ['XP', 1_500_000, '1.5M'],
    ['ONLINE', 7_800, '2 h 10 min'],
  ] as const)('write %s %i as %s', (metric, value, text) => expect(formatMetric(metric, value)).toBe(text))
  it('name every unit', () => expect(Object.values(metrics).every(({ unit }) => unit.length > 0)).toBe(true))
  it('draw bars of the best, and none without one', () => {
    expect(shareOfBest(5, 10)).toBe(0.5)
    expect(shareOfBest(0, 0)).toBe(0)
  })
})
