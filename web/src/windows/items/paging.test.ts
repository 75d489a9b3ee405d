import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PAGES, nextAsk, PAGE, pagesToDrop, STEP } from './paging.ts'

describe('pages by cursors', () => {
  it('requests a page with a known cursor, and nothing that is loaded', () => {
    expect(nextAsk(0, 30, 1000, new Set(), [0])).toEqual({ kind: 'page', start: 0 })
    expect(nextAsk(190, 210, 1000, new Set([0]), [0, 200])).toEqual({ kind: 'page', start: 200 })
    expect(nextAsk(190, 210, 1000, new Set([0, 200]), [0, 200])).toBeNull()
    expect(nextAsk(0, 30, 0, new Set(), [0])).toBeNull()
  })
  it('steps from the nearest known row towards one far away', () => {
    expect(nextAsk(50_000, 50_030, 100_000, new Set([0]), [0, 200])).toEqual({ kind: 'step', from: 200, rows: STEP })
    expect(nextAsk(1_800, 1_830, 100_000, new Set([0]), [0, 1200])).toEqual({ kind: 'step', from: 1200, rows: 600 })
  })
  it('reaches any row of any list, stepping only where no page begins', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (from, total) => {
        const pages = new Set<number>()
        const starts = new Set([0])
        for (let asks = 0; asks < 110; asks++) {
          const ask = nextAsk(from, from + 40, total, pages, starts)
          if (!ask) break
          if (ask.kind === 'page') {
            pages.add(ask.start)
            starts.add(ask.start + PAGE)
          } else starts.add(ask.from + ask.rows)
        }
        for (let row = from; row < Math.min(from + 40, total); row++)
          expect(pages.has(Math.floor(row / PAGE) * PAGE)).toBe(true)
      }),
    )
  })
  it('lets go of the pages furthest from view', () => {
    const pages = Array.from({ length: MAX_PAGES + 2 }, (_, nth) => nth * PAGE)
    expect(pagesToDrop(pages, 0)).toEqual([(MAX_PAGES + 1) * PAGE, MAX_PAGES * PAGE])
    expect(pagesToDrop(pages.slice(2), 0)).toEqual([])
  })
})
