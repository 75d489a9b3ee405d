import { describe, expect, it } from 'vitest'
import { WorldStore } from '../../../world/world-store.ts'
import { lens } from '../../lens.ts'
import { bearing, formatLength, lengthOf, namesWithin } from './measure.ts'

const at = (ew: number, ns: number) => ({ ew, ns })

describe('measuring', () => {
  it('adds up the parts of a way, 240 m a map unit', () => {
    expect(lengthOf([])).toBe(0)
    expect(lengthOf([at(0, 0)])).toBe(0)
    expect(lengthOf([at(0, 0), at(3, 4), at(3, 5)])).toBeCloseTo(6 * 240)
  })
  it.each([
    [849.6, '850 m'],
    [1_234, '1.23 km'],
    [12_345, '12.3 km'],
  ])('says %d m as %s', (metres, text) => expect(formatLength(metres)).toBe(text))
  it.each([
    [at(0, 1), 'N'],
    [at(1, 1), 'NE'],
    [at(-1, 0), 'W'],
    [at(0, -2), 'S'],
    [at(-1, -1), 'SW'],
  ])('knows the points of the compass', (to, text) => expect(bearing(at(0, 0), to)).toBe(text))
})

describe('the lasso', () => {
  const now = 1_000_000
  const world = new WorldStore()
  const places = { Cy: at(5, 5), Aby: at(1, 1), Out: at(30, 30), Below: at(2_000, 5) }
  for (const [name, place] of Object.entries(places)) {
    const facts = { state: null, kills: 0, killsPerHour: 0, deaths: 0, raresFound: 0 }
    world.move({ name, at: now, ...place, ...facts }, now)
  }
  const square = [at(0, 0), at(10, 0), at(10, 10), at(0, 10)]

  it('finds who stands inside, by name, and nobody who was not heard for long', () => {
    expect(namesWithin(world, square, now)).toEqual(['Aby', 'Cy'])
    expect(namesWithin(world, square, now + 10 * 60_000)).toEqual([])
  })
  it('leaves out whom the filters hide', () => {
    lens.value = { hides: (name) => name === 'Aby', colour: () => undefined }
    expect(namesWithin(world, square, now)).toEqual(['Cy'])
    lens.value = null
  })
})
