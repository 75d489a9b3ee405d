import { describe, expect, it } from 'vitest'
import { type Moment, addMoment, drawSeries, gapPercent, percentText, standText } from './gap-series.ts'

const at = (at: number, value: number | null, bound: number | null): Moment => ({ at, value, bound })

describe('the closing gap', () => {
  it('is said by value, bound, and what is missing of the bound', () => {
    expect(standText(412, 420)).toBe('value 412, at most 420, gap 1.9 %')
    expect(standText(412, 412)).toBe('value 412, at most 412, gap 0 %')
    expect(standText(null, 420)).toBe('no suit yet, at most 420')
    expect(standText(412, null)).toBe('value 412')
  })
  it('is never said to be nothing while something is left', () => {
    expect(percentText(gapPercent(1_000_000, 1_000_001)!)).toBe('under 0.01 %')
    expect(gapPercent(420, 420)).toBe(0)
    expect(gapPercent(-10, 0)).toBe(100)
    expect(gapPercent(null, 420)).toBeNull()
  })
  it('keeps a long series small, its ends and its order as they were', () => {
    let series: Moment[] = []
    for (let n = 0; n < 5_000; n++) series = addMoment(series, at(n, n, 10_000 - n))
    expect(series.length).toBeLessThanOrEqual(240)
    expect(series.map(({ at }) => at)).toEqual(series.map(({ at }) => at).toSorted((a, b) => a - b))
    expect([series[0]!.at, series.at(-1)!.at]).toEqual([0, 4_999])
  })
  it('lengthens what does not change, and forgets moments of a clock that went back', () => {
    let series: Moment[] = []
    for (const one of [at(0, 1, 9), at(10, 1, 9), at(20, 1, 9), at(30, 2, 9)]) series = addMoment(series, one)
    expect(series).toEqual([at(0, 1, 9), at(20, 1, 9), at(30, 2, 9)])
    expect(addMoment(series, at(5, 1, 8))).toEqual([at(0, 1, 9), at(5, 1, 8)])
  })
  it('is drawn from edge to edge: the bound above, the value below, both at the right end', () => {
    const drawn = drawSeries([at(100, 10, 30), at(200, 20, 30), at(300, 25, 25)], 200, 56)!
    expect(drawn.bound).toBe('M0 3L100 3L100 3L200 3L200 15.5L200 15.5')
    expect(drawn.value.startsWith('M0 53')).toBe(true)
    expect(drawn.value.endsWith('200 15.5')).toBe(true)
    expect(drawn.between.endsWith('Z')).toBe(true)
    expect(drawSeries([], 200, 56)).toBeNull()
    expect(drawSeries([at(100, 10, 10)], 200, 56)!.value).toBe('M0 53L200 53')
  })
})
