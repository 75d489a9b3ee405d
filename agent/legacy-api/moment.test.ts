import { describe, expect, it } from 'vitest'
import { isoformat, isoformatOrNull, timeSpan } from './moment.ts'

describe('moments', () => {
  it.each([
    ['2026-06-20T18:03:11.000Z', '2026-06-20T18:03:11+00:00'],
    ['2026-06-20T18:03:11.120Z', '2026-06-20T18:03:11.120000+00:00'],
    ['2026-06-20T18:03:11.1234567Z', '2026-06-20T18:03:11.123456+00:00'],
    ['2026-06-20T18:03:11Z', '2026-06-20T18:03:11+00:00'],
    ['2026-06-20T20:03:11+02:00', '2026-06-20T18:03:11+00:00'],
  ])('[FAC3] %s is written as Python writes it', (graph, python) => expect(isoformat(graph)).toBe(python))

  it('that are not known stay unknown', () => expect(isoformatOrNull(null)).toBeNull())

  it.each([
    [0, '00:00:00'],
    [6_751, '01:52:31'],
    [90_061, '1.01:01:01'],
    [-5, '00:00:00'],
  ])('%i seconds are written as .NET writes a TimeSpan', (seconds, span) => expect(timeSpan(seconds)).toBe(span))
})
