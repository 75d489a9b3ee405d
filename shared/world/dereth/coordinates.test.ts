import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describePlace,
  EDGE,
  formatPlace,
  landblockOf,
  parsePlace,
  presenceCell,
  PRESENCE_SIZE,
} from './coordinates.ts'
import { towns } from './towns.ts'

describe('coordinates', () => {
  it('place Holtburg in landblock A9B4', () => {
    expect(landblockOf({ ns: 42.1, ew: 33.6 })).toBe('A9B4')
  })
  it('are read back as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1019, max: 1019 }), fc.integer({ min: -1019, max: 1019 }), (x, y) => {
        const place = { ew: x / 10, ns: y / 10 }
        const read = parsePlace(formatPlace(place))!
        expect(read.ew).toBeCloseTo(place.ew)
        expect(read.ns).toBeCloseTo(place.ns)
      }),
    )
  })
  it('that are blurred read as approximate', () => {
    expect(describePlace({ ew: -34, ns: 42 })).toBe('about 42N 34W')
    expect(describePlace({ ew: 33.6, ns: 42 })).toBe('42.0N 33.6E')
  })
  it.each(['', 'Holtburg', '42.1 33.6', '42.1N', '942N 33E', '42.1E 33.6N'])('are not found in "%s"', (text) => {
    expect(parsePlace(text)).toBeNull()
  })
  it('fall into a cell of the presence grid on the map, and into none off it', () => {
    expect(presenceCell({ ew: -EDGE, ns: EDGE })).toBe(0)
    expect(presenceCell({ ew: EDGE - 0.01, ns: -EDGE + 0.01 })).toBe(PRESENCE_SIZE * PRESENCE_SIZE - 1)
    expect(presenceCell({ ew: 103, ns: 0 })).toBeNull()
  })
  it('of every town lie on the map', () => {
    for (const town of towns) expect(landblockOf(town)).not.toBeNull()
  })
})
