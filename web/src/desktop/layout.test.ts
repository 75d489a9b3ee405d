import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAYOUT_VERSION, type SavedWindow, migrate, readLayout, writeLayout } from './layout.ts'

const page = { left: 8, top: 56, right: 1432, bottom: 892 }
const kinds = (kind: string) => ['roster', 'chat'].includes(kind)
const roster: SavedWindow = {
  id: 'roster',
  kind: 'roster',
  params: {},
  x: 8,
  y: 56,
  w: 380,
  h: 500,
  z: 2,
  state: 'normal',
}

describe('saved layout', () => {
  it('reads back what it wrote', () => {
    expect(readLayout(writeLayout([roster]), kinds, page)).toEqual([roster])
  })
  it('never throws, whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readLayout(text, kinds, page)
        expect(read === null || Array.isArray(read)).toBe(true)
      }),
    )
  })
  it('drops unknown kinds and broken windows, and keeps the rest', () => {
    const text = JSON.stringify({
      v: LAYOUT_VERSION,
      windows: [{ ...roster, id: 'radar', kind: 'radar' }, { ...roster, id: 'x', w: 'wide' }, null, roster, roster],
    })
    expect(readLayout(text, kinds, page)).toEqual([roster])
  })
  it('brings windows back that were saved on a larger screen', () => {
    expect(readLayout(writeLayout([{ ...roster, x: 5000, y: 4000 }]), kinds, page)).toMatchObject([{ x: 1052, y: 392 }])
  })
  it('reads layouts of version 0, which kept two flags', () => {
    expect(migrate({ v: 0, windows: [{ id: 'a', max: true }, { id: 'b', min: true }, { id: 'c' }] })).toMatchObject({
      v: 1,
      windows: [{ state: 'max' }, { state: 'min' }, { state: 'normal' }],
    })
  })
  it('has no use for a version it does not know', () => {
    expect(readLayout(JSON.stringify({ v: 99, windows: [roster] }), kinds, page)).toBeNull()
  })
})
