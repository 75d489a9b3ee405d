import { describe, expect, it } from 'vitest'
import { contourSegments } from './contours.ts'
import { COAST, type PresenceGrid, blur, heightsOf, quantile } from './terrain.ts'
import { paintTerrain } from './terrain-paint.ts'

const grid = (change: Partial<PresenceGrid> = {}): PresenceGrid => ({
  size: 64,
  edge: 12.8,
  cells: [32 * 64 + 32, 32 * 64 + 33, 10 * 64 + 50],
  visits: [40, 20, 3],
  ...change,
})

describe('terrain of activity', () => {
  it('is the same picture for the same visits', () => {
    const once = paintTerrain(heightsOf(grid(), []), 64, 'dark', 2, true)
    expect(paintTerrain(heightsOf(grid(), []), 64, 'dark', 2, true)).toEqual(once)
  })
  it('is open sea where no character has been', () => {
    expect(Math.max(...heightsOf(grid({ cells: [], visits: [] }), []))).toBe(0)
  })
  it('gives every town an island of its own', () => {
    const heights = heightsOf(grid({ cells: [], visits: [] }), [{ ew: 0, ns: 0 }])
    expect(heights[32 * 64 + 32]).toBeGreaterThan(COAST)
    expect(heights[2 * 64 + 2]).toBeLessThan(COAST)
  })
  it('stands highest where most visits were', () => {
    const heights = heightsOf(grid(), [])
    expect(heights.indexOf(Math.max(...heights)) % 64).toBeGreaterThanOrEqual(31)
    expect(heights[32 * 64 + 32]).toBeGreaterThan(heights[10 * 64 + 50]!)
  })
  it('puts north at the top', () => {
    const heights = heightsOf(grid({ cells: [], visits: [] }), [{ ew: 0, ns: 9 }])
    expect(heights[9 * 64 + 32]).toBeGreaterThan(heights[54 * 64 + 32]!)
  })
  it('survives cells off the grid', () => {
    expect(() => heightsOf(grid({ cells: [-1, 64 * 64, 5], visits: [1, 1, 1] }), [])).not.toThrow()
  })
  it('spreads a blur without adding to it', () => {
    const point = new Float32Array(64 * 64)
    point[32 * 64 + 32] = 100
    expect(blur(point, 64, 2).reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 2)
  })
  it('paints every theme opaque', () => {
    for (const theme of ['dark', 'light', 'contrast'] as const) {
      const pixels = paintTerrain(heightsOf(grid(), []), 64, theme, 1, false)
      expect(pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
    }
  })
  it('draws a contour as a closed ring', () => {
    const heights = heightsOf(grid({ cells: [32 * 64 + 32], visits: [40] }), [])
    const ends = new Map<string, number>()
    contourSegments(
      heights,
      64,
      { from: 0, to: 63, top: 0, bottom: 63 },
      [Math.max(...heights) / 2],
      (x1, y1, x2, y2) => {
        for (const end of [`${x1.toFixed(4)},${y1.toFixed(4)}`, `${x2.toFixed(4)},${y2.toFixed(4)}`])
          ends.set(end, (ends.get(end) ?? 0) + 1)
      },
    )
    expect(ends.size).toBeGreaterThan(4)
    expect([...ends.values()].every((count) => count === 2)).toBe(true)
  })
  it('takes the middle of nothing for nothing', () => {
    expect(quantile([], 0.5)).toBe(0)
    expect(quantile([5, 1, 9], 0.5)).toBe(5)
  })
})
