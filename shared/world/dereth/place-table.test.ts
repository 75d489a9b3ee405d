import { describe, expect, it } from 'vitest'
import { EDGE, parsePlace } from './coordinates.ts'
import { dungeonEntrances } from './dungeon-entrances.ts'
import { lifestones } from './lifestones.ts'

describe('tables of places', () => {
  it('[MRK7] lie within the outdoor world, each with its name', () => {
    expect([lifestones.length, dungeonEntrances.length]).toEqual([209, 331])
    for (const { ew, ns } of [...lifestones, ...dungeonEntrances])
      expect(Math.max(Math.abs(ew), Math.abs(ns))).toBeLessThanOrEqual(EDGE)
    expect(dungeonEntrances.every(({ name }) => name.length > 2)).toBe(true)
    expect(dungeonEntrances).toContainEqual({ name: 'A Drudge Nest', ...parsePlace('40.6S 83.6E')! })
  })
})
