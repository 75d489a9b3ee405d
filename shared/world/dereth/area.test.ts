import { describe, expect, it } from 'vitest'
import { contains, nameOfMark } from './area.ts'

const corners = (...places: [number, number][]) => places.map(([ew, ns]) => ({ ew, ns }))

describe('an area', () => {
  it.each([
    [1, 0, true],
    [0, 2, true],
    [0, 2.01, false],
    [1.5, 1.5, false],
  ])('[MRK1] that is a circle of 2 around 0 0 contains %d %d: %s', (ew, ns, isInside) =>
    expect(contains({ shape: 'CIRCLE', points: corners([0, 0]), radius: 2 }, { ew, ns })).toBe(isInside),
  )
  it.each([
    [1, 1, true],
    [3, 1, true],
    [3, 3, false],
    [1, 3, true],
    [-1, 1, false],
  ])('[MRK1] that is an L contains %d %d: %s', (ew, ns, isInside) => {
    const points = corners([0, 0], [4, 0], [4, 2], [2, 2], [2, 4], [0, 4])
    expect(contains({ shape: 'POLYGON', points, radius: null }, { ew, ns })).toBe(isInside)
    expect(contains({ shape: 'POLYGON', points: points.toReversed(), radius: null }, { ew, ns })).toBe(isInside)
  })
  it('[MRK1] that is a pin contains nothing', () =>
    expect(contains({ shape: 'PIN', points: corners([1, 1]), radius: null }, { ew: 1, ns: 1 })).toBe(false))
  it('is called by the first line of its note, 40 characters of it', () => {
    expect(nameOfMark(' The camp \nmore')).toBe('The camp')
    expect(nameOfMark('x'.repeat(41))).toBe(`${'x'.repeat(39)}…`)
  })
})
