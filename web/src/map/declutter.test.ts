import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, type LabelWish, declutter, overlap } from './declutter.ts'

const screen: Box = [0, 0, 1000, 800]
const wish = (change: Partial<LabelWish>): LabelWish => ({
  id: 'a',
  x: 500,
  y: 400,
  radius: 9,
  width: 60,
  height: 14,
  rank: 1,
  sides: ['right', 'left', 'below', 'above'],
  ...change,
})
const boxOf = (placed: { id: string; x: number; y: number }, wishes: readonly LabelWish[]): Box => {
  const { width, height } = wishes.find((one) => one.id === placed.id)!
  return [placed.x, placed.y, placed.x + width, placed.y + height]
}

describe('declutter', () => {
  it('never writes one label over another, over a dot or off the picture', () => {
    const wishes = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 1000 }),
        y: fc.integer({ min: 0, max: 800 }),
        width: fc.integer({ min: 10, max: 160 }),
        rank: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 80 },
    )
    fc.assert(
      fc.property(wishes, (given) => {
        const all = given.map((one, i) => wish({ ...one, id: String(i) }))
        const dots = all.map(({ x, y }): Box => [x - 9, y - 9, x + 9, y + 9])
        const boxes = declutter(all, dots, new Map(), screen).map((placed) => boxOf(placed, all))
        boxes.forEach((box, i) => {
          for (const other of [...boxes.slice(i + 1), ...dots]) expect(overlap(box, other)).toBe(false)
          expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 1000 && box[3] <= 800).toBe(true)
        })
      }),
    )
  })
  it('gives room to the more important label', () => {
    const placed = declutter(
      [wish({ id: 'village', rank: 1, sides: ['right'] }), wish({ id: 'Larsson', rank: 9, sides: ['right'] })],
      [],
      new Map(),
      screen,
    )
    expect(placed.map((label) => label.id)).toEqual(['Larsson'])
  })
  it('tries the other sides before it leaves a label out', () => {
    const blocked: Box = [509, 380, 700, 420]
    expect(declutter([wish({})], [blocked], new Map(), screen)[0]?.side).toBe('left')
  })
  it('leaves a label where it was as long as it can', () => {
    expect(declutter([wish({})], [], new Map([['a', 'below']]), screen)[0]?.side).toBe('below')
  })
  it('always writes the name of the chosen one', () => {
    const everything: Box = [0, 0, 1000, 800]
    expect(declutter([wish({ must: true })], [everything], new Map(), screen)).toHaveLength(1)
  })
})
