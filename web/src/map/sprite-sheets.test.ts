import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpriteSheets, placeOnSheet } from './sprite-sheets.ts'

const sprites = fc.array(
  fc.record({ width: fc.integer({ min: 1, max: 1500 }), height: fc.integer({ min: 1, max: 700 }) }),
  {
    minLength: 1,
    maxLength: 200,
  },
)

describe('small pictures on a sheet', () => {
  it('lie apart and inside, as many as there is room for and at least one', () => {
    fc.assert(
      fc.property(sprites, (sizes) => {
        const all = sizes.map((size) => ({ ...size, x: 0, y: 0 }))
        const { placed, width, height } = placeOnSheet(all)
        expect(placed).toBeGreaterThan(0)
        const there = all.slice(0, placed)
        for (const [n, one] of there.entries()) {
          expect(one.x + one.width).toBeLessThanOrEqual(width)
          expect(one.y + one.height).toBeLessThanOrEqual(height)
          for (const other of there.slice(n + 1))
            expect(
              one.x + one.width < other.x ||
                other.x + other.width < one.x ||
                one.y + one.height < other.y ||
                other.y + other.height < one.y,
            ).toBe(true)
        }
      }),
    )
  })
  it('begin another sheet where one is full', () => {
    const all = Array.from({ length: 200 }, () => ({ width: 500, height: 100, x: 0, y: 0 }))
    expect(placeOnSheet(all).placed).toBe(40)
  })
})

describe('small pictures', () => {
  it('wait in a bounded number, however many are wanted', () => {
    const sheets = new SpriteSheets(100)
    for (let n = 0; n < 1_000; n++) sheets.want(String(n), 10, 10, 1, () => undefined)
    const known = sheets.want('999', 10, 10, 1, () => undefined)
    expect(sheets.want('999', 10, 10, 1, () => undefined)).toBe(known)
    expect(sheets.waiting).toBeLessThanOrEqual(100)
  })
})
