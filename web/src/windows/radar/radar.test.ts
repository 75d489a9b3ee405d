import { describe, expect, it } from 'vitest'
import {
  type Floor,
  type Picture,
  type RadarView,
  aboveText,
  distanceText,
  floorTiles,
  radarRows,
  ringStep,
  rowAt,
  toCanvas,
  windOf,
  zoomed,
} from './radar.ts'

const object = (gameId: number, given: Partial<Picture['objects'][number]> = {}): Picture['objects'][number] => ({
  gameId,
  name: `Object ${gameId}`,
  objectClassName: 'Monster',
  ew: null,
  ns: null,
  z: null,
  distance: null,
  ...given,
})
const picture = (given: Partial<Picture> = {}): Picture => ({
  ew: 10,
  ns: 20,
  z: -6,
  landblock: '0003',
  objects: [],
  ...given,
})
const view: RadarView = { width: 224, height: 324, range: 100, turn: 0 }

describe('the objects of a radar picture', () => {
  it('are sorted by distance, and those without one are last', () => {
    const objects = [object(1), object(2, { distance: 30 }), object(3, { distance: 4.2 })]
    expect(radarRows(picture({ objects })).map(({ id }) => id)).toEqual(['3', '2', '1'])
  })

  it('have the distance that was reported, or else the one between the places', () => {
    const place = { ew: 10 + 3 / 240, ns: 20 + 4 / 240 }
    const [measured, reported] = radarRows(
      picture({ objects: [object(1, place), object(2, { ...place, distance: 9 })] }),
    )
    expect(measured!.distance).toBeCloseTo(5)
    expect(reported!.distance).toBe(9)
    expect(measured!.direction).toBe('NE')
  })

  it('are listed but have no place on the picture if no place was reported', () => {
    const [row] = radarRows(picture({ objects: [object(1, { ew: 3, distance: 7 })] }))
    expect(row).toMatchObject({ offset: null, direction: '', distance: 7 })
    expect(rowAt([row!], view, 112, 162)).toBeUndefined()
  })

  it.each([
    ['Monster', 'monster'],
    ['Vendor', 'npc'],
    ['Lifestone', 'lifestone'],
    ['4711', 'other'],
    [null, 'other'],
  ])('of class %s are drawn as %s', (objectClassName, kind) => {
    expect(radarRows(picture({ objects: [object(1, { objectClassName })] }))[0]!.kind).toBe(kind)
  })

  it('say how much higher or lower than the character they are', () => {
    const objects = [object(1, { z: -12, distance: 1 }), object(2, { distance: 2 })]
    expect(radarRows(picture({ objects })).map(({ above }) => above)).toEqual([-6, null])
    expect([aboveText(-6), aboveText(3.4), aboveText(0.5), aboveText(null)]).toEqual(['6 m below', '3 m above', '', ''])
  })
})

describe('the floor of a dungeon', () => {
  const floor: Floor = {
    landblock: '0003',
    levels: [
      { z: -6, cells: [{ x: 70, y: -40 }] },
      { z: 0, cells: [{ x: 80, y: -40 }] },
    ],
  }
  const here = { ew: -101.95 + 70 / 240, ns: -101.95 + 3 * 0.8 - 50 / 240 }

  it('lies around the character in metres, its own level last, so that it is drawn on top', () => {
    const tiles = floorTiles(floor, picture(here))
    expect(tiles.map(({ isOwnLevel }) => isOwnLevel)).toEqual([false, true])
    expect(tiles[1]!.east).toBeCloseTo(0)
    expect(tiles[1]!.north).toBeCloseTo(10)
    expect(tiles[0]!.east).toBeCloseTo(10)
  })

  it('is not shown in another landblock, nor without a place', () => {
    expect(floorTiles(floor, picture({ ...here, landblock: '0004' }))).toEqual([])
    expect(floorTiles(floor, picture({ ew: null }))).toEqual([])
    expect(floorTiles(null, picture(here))).toEqual([])
  })
})

describe('the picture', () => {
  const rounded = (at: [number, number]) => at.map(Math.round)

  it('has north above the middle, or what the character faces', () => {
    expect(rounded(toCanvas(view, { east: 0, north: 100 }))).toEqual([112, 62])
    expect(rounded(toCanvas(view, { east: 100, north: 0 }))).toEqual([212, 162])
    expect(rounded(toCanvas({ ...view, turn: 90 }, { east: 100, north: 0 }))).toEqual([112, 62])
    expect(rounded(toCanvas({ ...view, turn: 90 }, { east: 0, north: 100 }))).toEqual([12, 162])
  })

  it('finds the object nearest to the pointer, and none far from it', () => {
    const rows = radarRows(picture({ objects: [object(1, { ew: 10 + 50 / 240, ns: 20 })] }))
    expect(rowAt(rows, view, 165, 160)?.id).toBe('1')
    expect(rowAt(rows, view, 190, 160)).toBeUndefined()
  })

  it('has at most four rings, and zooms within limits', () => {
    for (let range = 10; range <= 2_000; range += 7) expect(range / ringStep(range)).toBeLessThanOrEqual(4)
    expect([ringStep(10), ringStep(80), ringStep(200)]).toEqual([5, 20, 50])
    expect([zoomed(100, 1.25), zoomed(10, 0.8), zoomed(1_900, 2)]).toEqual([125, 10, 2_000])
  })

  it('names directions and distances in words', () => {
    expect([0, 22, 44, 271.5, 359].map(windOf)).toEqual(['N', 'N', 'NE', 'W', 'N'])
    expect([4.21, 85.4, 312, null].map(distanceText)).toEqual(['4.2 m', '85 m', '312 m (1.3 map units)', '–'])
  })
})
