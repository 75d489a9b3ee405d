import { describe, expect, it } from 'vitest'
import { HOUR_MS, readSpan, resolutionOf, spanBefore, spanFault, writeSpan } from './trail-span.ts'

const from = Date.parse('2026-03-01T12:00:00Z')

describe('the two moments of the trails', () => {
  it('come back from the address as they were written', () => {
    const span = { from, to: from + 6 * HOUR_MS }
    expect(writeSpan(span)).toBe('2026-03-01T12:00:00Z/2026-03-01T18:00:00Z')
    expect(readSpan(writeSpan(span)!)).toEqual(span)
    expect(writeSpan(null)).toBeNull()
  })

  it.each(['', 'yesterday', '2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z/2026-03-01T12:00:00Z'])(
    'that are none are not read: %s',
    (words) => {
      expect(readSpan(words)).toBeNull()
    },
  )

  it('are refused where they are too far apart or the wrong way round', () => {
    expect(spanFault({ from, to: from + 401 * 24 * HOUR_MS })).toContain('400 days')
    expect(spanFault({ from, to: from - 1 })).toContain('before')
    expect(spanFault({ from: NaN, to: from })).toContain('needed')
  })

  it('are whole seconds, so that an hour is no longer than one', () => {
    expect(spanBefore(from - 1, HOUR_MS)).toEqual({ from: from - HOUR_MS, to: from })
  })

  it.each([
    [1, 'every frame'],
    [2, 'one place in 20 seconds'],
    [24, 'one place in five minutes'],
  ])('%d hours apart are shown by %s', (hours, words) => {
    expect(resolutionOf({ from, to: from + hours * HOUR_MS })).toBe(words)
  })
})
