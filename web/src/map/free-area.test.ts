import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Area, freeArea, sidesOf } from './free-area.ts'

const page: Area = { left: 0, top: 52, right: 1280, bottom: 754 }
const area = (left: number, top: number, right: number, bottom: number): Area => ({ left, top, right, bottom })

describe('the free area', () => {
  it('is the page without windows, and what lies beside a column of them', () => {
    expect(freeArea(page, [])).toEqual(page)
    expect(freeArea(page, [area(8, 56, 388, 480), area(8, 488, 388, 792)])).toEqual(area(388, 52, 1280, 754))
  })
  it('lies between windows on both sides, and below one that spans the page', () => {
    expect(freeArea(page, [area(8, 56, 388, 792), area(900, 56, 1272, 792)])).toEqual(area(388, 52, 900, 754))
    expect(freeArea(page, [area(8, 56, 1272, 380)])).toEqual(area(0, 380, 1280, 754))
  })
  it('is the whole page when windows leave no room worth looking at', () => {
    expect(freeArea(page, [area(8, 56, 1272, 740)])).toEqual(page)
  })
  it('never reaches into a window unless it is the whole page', () => {
    const side = fc.integer({ min: 0, max: 1100 })
    const box = fc
      .tuple(side, side, fc.integer({ min: 240, max: 600 }), fc.integer({ min: 140, max: 500 }))
      .map(([x, y, w, h]) => area(x, y, x + w, y + h))
    fc.assert(
      fc.property(fc.array(box, { maxLength: 6 }), (windows) => {
        const free = freeArea(page, windows)
        const isIn = windows.some(
          (one) => one.left < free.right && one.right > free.left && one.top < free.bottom && one.bottom > free.top,
        )
        expect(isIn && JSON.stringify(free) !== JSON.stringify(page)).toBe(false)
      }),
    )
  })
  it('is handed to the map as what is covered at each side', () => {
    expect(sidesOf(area(388, 52, 900, 754), 1280, 800)).toEqual({ top: 52, right: 380, bottom: 46, left: 388 })
  })
})
