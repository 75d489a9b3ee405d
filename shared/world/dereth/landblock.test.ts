import { describe, expect, it } from 'vitest'
import { dungeonName } from './dungeons.ts'
import { HEAT_SIZE, heatCell, windowStart } from './heat-cells.ts'
import { landblockName } from './landblock.ts'
import { questCooldown } from './quest-cooldowns.ts'

describe('a landblock', () => {
  it.each([
    ['0x01E9', '01E9'],
    ['01E9', '01E9'],
    ['01e90000', '01E9'],
    ['0x1E90104', '01E9'],
    ['1e9', '01E9'],
    [0x01e9, '01E9'],
    [0x01e90104, '01E9'],
    [0xa9b40019 | 0, 'A9B4'],
    ['', null],
    ['north', null],
    ['123456789', null],
    [1.5, null],
    [1e12, null],
    [null, null],
    [{}, null],
  ])('[RDR2] sent as %s is %s', (given, name) => {
    expect(landblockName(given)).toBe(name)
  })
  it('has the name of its dungeon, where we know it', () => {
    expect(dungeonName('0x0003')).toBe('Niffis Fighting Pits')
    expect(dungeonName('FFFF')).toBeNull()
  })
})

it('a quest’s rest is known by its name, unless the name has several', () => {
  expect(questCooldown("2000/12 - bael'zharon's defeat")).toBe(259_200)
  expect(questCooldown('Resting Place Quest')).toBeNull()
})

it('[SPN2] a place lies in one cell, row 0 in the north, or off the map', () => {
  expect(heatCell({ ew: -102, ns: 101.99 })).toBe(0)
  expect(heatCell({ ew: 101.99, ns: -101.99 })).toBe(HEAT_SIZE * HEAT_SIZE - 1)
  expect(heatCell({ ew: 102.05, ns: -102.05 }), 'the land ends a little past the cells').toBe(HEAT_SIZE * HEAT_SIZE - 1)
  for (const place of [
    { ew: 102.2, ns: 0 },
    { ew: 0, ns: -103 },
    { ew: NaN, ns: 0 },
  ])
    expect(heatCell(place)).toBeNull()
})

it('[SPN2] a window of more than a day begins with a day', () => {
  expect(windowStart(1000, 24)).toEqual({ hour: 976, byDay: false })
  expect(windowStart(1000, 25)).toEqual({ hour: 960, byDay: true })
})
