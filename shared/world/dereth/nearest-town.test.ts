import { expect, it } from 'vitest'
import { nearestTown } from './nearest-town.ts'

it.each([
  [{ ew: 33.6, ns: 42.1 }, 'in Holtburg'],
  [{ ew: 35, ns: 42.1 }, '0.3 km east of Holtburg'],
  [{ ew: 33.6, ns: 44.1 }, '0.5 km north of Holtburg'],
  [{ ew: 31.6, ns: 40.1 }, '0.7 km south-west of Holtburg'],
  [{ ew: -1.8, ns: -23.5 }, '0.5 km south of Yaraq'],
  [{ ew: 200, ns: 0 }, null],
  [{ ew: NaN, ns: 0 }, null],
])('the nearest town of %j is %s', (place, said) => {
  expect(nearestTown(place)).toBe(said)
})
