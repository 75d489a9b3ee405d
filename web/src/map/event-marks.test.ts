// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { type EventMark, marksOf } from './event-marks.ts'
import { marksLayer } from './layers/marks-layer.ts'
import { mapInks } from './map-inks.ts'
import type { Ctx2D, View } from './view.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const at = '2026-03-01T11:00:00Z'
const character = { name: 'Larsson' }
const rare = { name: 'Infinite Leather', receivedAt: at, ew: 1, ns: 2, character }

describe('the marks of the last day', () => {
  it('are oldest first, and leave out what has no place', () => {
    const death = { at: '2026-03-01T10:00:00Z', ew: 3, ns: 4, cause: 'Tusker', character }
    const marks = marksOf({
      rares: { totalCount: 2, nodes: [rare, { ...rare, ew: null, ns: null }] },
      alerts: { totalCount: 1, nodes: [death] },
    })
    expect(marks.map(({ kind, text }) => [kind, text])).toEqual([
      ['deaths', 'Larsson died to Tusker'],
      ['rares', 'Larsson found Infinite Leather'],
    ])
  })

  it('are found where they were drawn, the newest first', () => {
    const marks: EventMark[] = [
      { kind: 'deaths', ew: 0, ns: 0, at: noon - 9, text: 'older' },
      { kind: 'rares', ew: 0, ns: 0, at: noon - 5, text: 'newer' },
    ]
    const layer = marksLayer(
      () => marks,
      (now) => now,
    )
    const nothing = () => undefined
    const ctx = new Proxy({}, { get: () => nothing, set: () => true }) as Ctx2D
    const inset = { top: 0, right: 0, bottom: 0, left: 0, scale: 0 }
    const picture = { cx: 0, cy: 0, k: 10, w: 400, h: 300, dpr: 1, moving: false }
    layer.draw(ctx, { ...picture, inset, inks: mapInks.dark, now: noon } satisfies View)
    expect(layer.at(203, 152)?.text).toBe('newer')
    expect(layer.at(240, 150)).toBeNull()
  })
})
