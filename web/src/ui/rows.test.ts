import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PX, scrollFor, stretchOf } from './rows.ts'

describe('rows in sight', () => {
  it('are few however long the list, and cover the view wherever it is scrolled to', () => {
    fc.assert(
      fc.property(fc.nat(3_000_000), fc.integer({ min: 20, max: 2000 }), fc.nat(100_000), (scroll, view, count) => {
        const { from, to } = stretchOf(scroll, view, 27, count)
        expect(to - from).toBeLessThanOrEqual(Math.ceil(view / 27) + 17)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(count)
        const reached = Math.min(scroll, Math.max(0, count * 27 - view))
        if (count > 0) {
          expect(from * 27).toBeLessThanOrEqual(reached)
          expect(to * 27).toBeGreaterThanOrEqual(Math.min(count * 27, reached + view))
        }
      }),
    )
  })
  it('end where browsers cannot scroll any more', () => {
    expect(stretchOf(1e12, 600, 30, 10_000_000).to).toBe(MAX_PX / 30)
  })
  it('are scrolled to only when out of sight', () => {
    expect(scrollFor(3, 0, 270, 27)).toBeNull()
    expect(scrollFor(20, 0, 270, 27)).toBe(21 * 27 - 270)
    expect(scrollFor(2, 270, 270, 27)).toBe(54)
  })
})
