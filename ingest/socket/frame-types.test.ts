import { expect, it } from 'vitest'
import { FrameTypes } from './frame-types.ts'

it('frames of a connection are counted by type, with the first and the last moment', () => {
  const types = new FrameTypes()
  for (const ms of [10, 20, 30]) types.count('telemetry', ms)
  types.count('vitals', 25)
  expect(types.list()).toEqual([
    { type: 'telemetry', count: 3, firstMs: 10, lastMs: 30 },
    { type: 'vitals', count: 1, firstMs: 25, lastMs: 25 },
  ])
})

it('types that this version does not know, and more than fifty shared ones, are counted together', () => {
  const types = new FrameTypes()
  types.count('invented', 1)
  for (let n = 0; n < 80; n++) types.count(`share_${n}`, 2)
  expect(types.list()).toHaveLength(50)
  expect(types.list()[0]).toEqual({ type: 'other', count: 1 + 80 - 49, firstMs: 1, lastMs: 2 })
})
