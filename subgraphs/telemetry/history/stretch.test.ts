import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutStretch } from './stretch.ts'

const DAY = 86_400

describe('a stretch of history', () => {
  it('[HIS1] is cut into no more buckets than asked for, covers all of itself, and is read by frames up to 12 hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 * DAY }),
        fc.integer({ min: 0, max: 1_800_000_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        (seconds, fromS, points) => {
          const iso = (s: number) => new Date(s * 1000).toISOString()
          const cut = cutStretch(iso(fromS), iso(fromS + seconds), points)
          expect((cut.toS - cut.fromS) / cut.bucketS).toBeLessThanOrEqual(points)
          expect(cut.fromS).toBeLessThanOrEqual(fromS)
          expect(cut.toS).toBeGreaterThanOrEqual(fromS + seconds)
          expect(cut.byFrames).toBe(seconds <= DAY / 2)
          if (!cut.byFrames) expect([cut.fromS % 300, cut.toS % 300, cut.bucketS % 300]).toEqual([0, 0, 0])
        },
      ),
    )
  })

  it.each([
    ['2026-06-20T12:00:00.000Z', '2026-06-20T12:00:00.000Z', 500],
    ['2026-06-21T12:00:00.000Z', '2026-06-20T12:00:00.000Z', 500],
    ['2020-06-21T12:00:00.000Z', '2026-06-20T12:00:00.000Z', 500],
    ['2026-06-19T12:00:00.000Z', '2026-06-20T12:00:00.000Z', 0],
    ['2026-06-19T12:00:00.000Z', '2026-06-20T12:00:00.000Z', 2_001],
  ])('[HIS1] from %s to %s in %s points is refused', (from, to, points) => {
    expect(() => cutStretch(from, to, points)).toThrow()
  })
})
