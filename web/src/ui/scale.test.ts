import { describe, expect, it } from 'vitest'
import { barScaleOf } from './scale.ts'

describe('the bar of the page', () => {
  it.each([
    [1.5, 1280, 1],
    [1.5, 1600, 1.25],
    [1.5, 2560, 1.5],
    [0.9, 1280, 0.9],
    [1, 3000, 1],
  ])('of a scale of %d on %d pixels grows to %d', (scale, width, wanted) => {
    expect(barScaleOf(scale, width)).toBe(wanted)
  })
})
