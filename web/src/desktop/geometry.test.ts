import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeSpot } from './free-spot.ts'
import {
  type Bounds,
  type Rect,
  GAP,
  MIN_H,
  MIN_W,
  clampRect,
  edges,
  refit,
  resizeRect,
  snapMove,
  snapResize,
} from './geometry.ts'

const page: Bounds = { left: 8, top: 56, right: 1432, bottom: 892 }
const rects = fc.record({
  x: fc.integer({ min: -3000, max: 3000 }),
  y: fc.integer({ min: -3000, max: 3000 }),
  w: fc.integer({ min: 1, max: 4000 }),
  h: fc.integer({ min: 1, max: 4000 }),
})
const pages = fc
  .record({ right: fc.integer({ min: 300, max: 4000 }), bottom: fc.integer({ min: 260, max: 3000 }) })
  .map(({ right, bottom }): Bounds => ({ left: 8, top: 56, right, bottom }))
const isInside = (rect: Rect, bounds: Bounds) =>
  rect.x >= bounds.left &&
  rect.y >= bounds.top &&
  (rect.w === MIN_W || rect.x + rect.w <= bounds.right) &&
  (rect.h === MIN_H || rect.y + rect.h <= bounds.bottom)

describe('window geometry', () => {
  it('keeps every window inside the page, whatever was asked', () => {
    fc.assert(fc.property(rects, pages, (rect, bounds) => isInside(clampRect(rect, bounds), bounds)))
  })
  it('changes nothing on a second clamp', () => {
    fc.assert(
      fc.property(rects, pages, (rect, bounds) => {
        const once = clampRect(rect, bounds)
        expect(clampRect(once, bounds)).toEqual(once)
      }),
    )
  })
  it('snaps by no more than 8 px and never changes the size', () => {
    fc.assert(
      fc.property(rects, fc.array(rects, { maxLength: 5 }), (rect, siblings) => {
        const inside = clampRect(rect, page)
        const { rect: snapped } = snapMove(
          inside,
          siblings.map((one) => clampRect(one, page)),
          page,
        )
        expect(Math.abs(snapped.x - inside.x)).toBeLessThanOrEqual(8)
        expect(Math.abs(snapped.y - inside.y)).toBeLessThanOrEqual(8)
        expect([snapped.w, snapped.h]).toEqual([inside.w, inside.h])
      }),
    )
  })
  it('sets a window beside its sibling with a gap, and shows the line it holds to', () => {
    const sibling = { x: 8, y: 56, w: 380, h: 400 }
    const { rect, guides } = snapMove({ x: 393, y: 60, w: 300, h: 200 }, [sibling], page)
    expect(rect).toEqual({ x: 388 + GAP, y: 56, w: 300, h: 200 })
    expect(guides).toEqual([
      { axis: 'x', at: 388 },
      { axis: 'y', at: 56 },
    ])
  })
  it('leaves a window alone that is further off than 8 px', () => {
    expect(snapMove({ x: 500, y: 300, w: 300, h: 200 }, [], page)).toEqual({
      rect: { x: 500, y: 300, w: 300, h: 200 },
      guides: [],
    })
  })
  it('keeps the opposite side where it is while an edge is pulled', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...edges),
        fc.integer({ min: -900, max: 900 }),
        fc.integer({ min: -900, max: 900 }),
        (edge, dx, dy) => {
          const from = { x: 400, y: 300, w: 400, h: 300 }
          const to = resizeRect(from, edge, dx, dy, page)
          if (edge.includes('w')) expect(to.x + to.w).toBe(from.x + from.w)
          else expect(to.x).toBe(from.x)
          if (edge.includes('n')) expect(to.y + to.h).toBe(from.y + from.h)
          else expect(to.y).toBe(from.y)
          expect(to.w).toBeGreaterThanOrEqual(MIN_W)
          expect(to.h).toBeGreaterThanOrEqual(MIN_H)
        },
      ),
    )
  })
  it('holds a pulled edge to the neighbour’s edge', () => {
    const { rect } = snapResize({ x: 8, y: 56, w: 300, h: 300 }, 'e', 88, 0, [{ x: 404, y: 56, w: 300, h: 300 }], page)
    expect(rect.w).toBe(404 - GAP - 8)
  })
  it('keeps a window on the right edge when the page grows or shrinks', () => {
    const before = { x: page.right - 300, y: 56, w: 300, h: 200 }
    expect(refit(before, page, { ...page, right: 1000 })).toEqual({ ...before, x: 700 })
  })
  it('lets a column window grow with the page', () => {
    const column = { x: 8, y: 56, w: 380, h: page.bottom - 56 }
    expect(refit(column, page, { ...page, bottom: 1092 }).h).toBe(1092 - 56)
  })
  it('keeps the lower edge of what stands at the top when the bar of the page comes or goes', () => {
    const roster = { x: 8, y: 56, w: 380, h: 500 }
    const kiosk = { ...page, top: 8 }
    expect(refit(roster, page, kiosk)).toEqual({ x: 8, y: 8, w: 380, h: 548 })
    expect(refit(refit(roster, page, kiosk), kiosk, page)).toEqual(roster)
    const below = { x: 8, y: 564, w: 380, h: 328 }
    expect(refit(below, page, kiosk)).toEqual(below)
  })
  it('puts a new window where it covers nothing, on the right first', () => {
    const roster = { x: 8, y: 56, w: 380, h: 836 }
    const first = freeSpot(360, 560, [roster], page)
    expect(first).toEqual({ x: page.right - 360, y: 56, w: 360, h: 560 })
    expect(freeSpot(380, 420, [roster, first], page).x).toBe(first.x - 380 - GAP)
  })
})
