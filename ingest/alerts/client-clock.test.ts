import { describe, expect, it } from 'vitest'
import { clockOf, isLate } from './client-clock.ts'

const iso = (second: number) => new Date(Date.UTC(2026, 5, 20, 12) + second * 1000).toISOString()
/** Frames as `second kind moment`; gives those that were late. */
function lateOf(frames: readonly (readonly [number, 'telemetry' | 'vitals', number])[], clock = clockOf(null, null)) {
  return frames.flatMap(([second, kind, moment]) =>
    isLate(clock, kind, { receivedAt: iso(second), clientAt: iso(moment) }) ? [second] : [],
  )
}
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, n) => from + n * step)

describe('a frame', () => {
  it('[ALR7] is late when it is more than 5 s older than the newest of its character, telemetry or vitals', () => {
    expect(
      lateOf([
        [0, 'telemetry', 100],
        [1, 'telemetry', 96],
        [2, 'telemetry', 94],
        [3, 'vitals', 94],
        [4, 'vitals', 101],
        [5, 'telemetry', 95],
        [6, 'telemetry', 101],
      ]),
    ).toEqual([2, 3, 5])
  })

  it('[ALR7] without a moment is never late, and of our clock', () =>
    expect(
      lateOf([
        [0, 'telemetry', 300],
        [1, 'vitals', 1],
        [2, 'telemetry', 2],
        [3, 'telemetry', 290],
        [400, 'telemetry', 400],
        [401, 'telemetry', 340],
        [402, 'vitals', 340],
      ]),
    ).toEqual([3, 401, 402]))
})

describe('a clock', () => {
  const received = range(0, 10).map((second) => [second, 'telemetry', second + 300] as const)

  it('[ALR7] that was put back is believed after 10 s, for vitals too', () => {
    const back = range(10, 40).map((second) => [second, 'telemetry', second + 0.5] as const)
    expect(lateOf([...received, ...back, [41, 'vitals', 41.5]])).toEqual(range(10, 21))
  })

  it('[ALR7] that was put back is believed at the third frame where they are few', () => {
    const few = range(60, 300, 60).map((second) => [second, 'vitals', second + 0.5] as const)
    expect(lateOf([[0, 'vitals', 300], ...few])).toEqual([60, 120])
  })

  it('[ALR7] stands, however many late frames come among those of today', () => {
    const mixed = range(10, 100).flatMap((second) => [
      [second, 'telemetry', second + 300] as const,
      [second + 0.5, 'telemetry', second + 200] as const,
    ])
    expect(lateOf([...received, ...mixed])).toEqual(range(10, 100).map((second) => second + 0.5))
    const burst = range(0, 500).map((n) => [200 + n / 100, 'telemetry', 50] as const)
    expect(lateOf([...received, ...burst])).toHaveLength(500)
  })

  it('[ALR7] is one for telemetry and one for vitals where these go on to differ for a minute', () => {
    const apart = range(10, 100).flatMap((second) => [
      [second, 'telemetry', second + 300] as const,
      [second + 0.5, 'vitals', second] as const,
    ])
    const late = lateOf([...received, ...apart])
    expect(late).toEqual(range(10, 71).map((second) => second + 0.5))
    // Those who find them so believe it at once, until they agree.
    const clock = clockOf({ receivedAt: iso(0), clientAt: iso(300) }, { receivedAt: iso(0), clientAt: iso(-1) })
    expect(lateOf([...apart, [101, 'vitals', 400], [102, 'telemetry', 402], [103, 'vitals', 150]], clock)).toEqual([
      103,
    ])
  })

  it('[ALR7] of ours that is put back makes no character absent', () => {
    const clock = clockOf(null, null)
    const behind = (second: number) => [second, 'telemetry', 200] as const
    expect(lateOf([[5_000, 'telemetry', 300], behind(5_001), ...range(0, 13).map(behind)], clock)).toEqual([
      5_001,
      ...range(0, 11),
    ])
  })
})

describe('the bounds of a clock', () => {
  const of = (moment: number, received = moment) => ({ clientAt: iso(moment), receivedAt: iso(received) })

  it('[ALR7] a frame exactly 5 s older is not late, one a millisecond older is', () => {
    const clock = clockOf(of(100, 0), null)
    expect(isLate(clock, 'telemetry', of(95, 1))).toBe(false)
    expect(isLate(clock, 'telemetry', of(94.999, 1))).toBe(true)
  })

  it('[ALR7] an equal moment changes nothing', () => {
    const clock = clockOf(of(100, 0), null)
    expect(isLate(clock, 'telemetry', of(100, 1))).toBe(false)
    expect(clock.telemetry).toEqual({ newest: iso(100), behind: null })
  })

  it('[ALR7] two kinds of frames that read the same time again share one clock', () => {
    const clock = clockOf(of(100, 0), of(20, 0))
    expect(clock.apart).toBe(true)
    isLate(clock, 'vitals', of(30, 1)) // still another time
    expect(clock.apart).toBe(true)
    isLate(clock, 'vitals', of(96, 2))
    expect(clock.apart).toBe(false)
  })

  it('[ALR7] of one kind alone is never two', () => {
    const clock = clockOf(of(100, 0), null)
    clock.apart = true
    isLate(clock, 'telemetry', of(101, 1))
    expect(clock.apart).toBe(true)
  })

  it('[ALR7] that is believed to be put back takes the newer one of the other kind along', () => {
    const clock = clockOf(of(100, 0), of(100, 0))
    for (const second of [1, 5, 12]) isLate(clock, 'telemetry', of(second + 0.5, second))
    expect(clock).toEqual({
      telemetry: { newest: iso(12.5), behind: null },
      vitals: { newest: iso(12.5), behind: null },
      apart: false,
    })
  })

  it('[ALR7] that is believed to be put back leaves an older one of the other kind', () => {
    const clock = clockOf(of(100, 0), of(3, -97))
    for (const second of [1, 5, 12]) isLate(clock, 'telemetry', of(second + 0.5, second))
    expect([clock.telemetry.newest, clock.vitals.newest]).toEqual([iso(12.5), iso(3)])
  })
})
