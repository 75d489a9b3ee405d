import { describe, expect, it } from 'vitest'
import { runsOf } from '../../../shared/world/world-runs.ts'
import { changeIn, checkRadius } from './view.ts'

const cell = (x: number, z: number, y = 64, block = 'stone') => ({ x, z, y, block })
const event = {
  world: 'demo',
  seq: 8,
  at: '2026-06-20T18:00:00.000Z',
  connected: true,
  timeOfDay: 6_000,
  weather: 'CLEAR' as const,
  focus: null,
  mode: 'idle',
  player: null,
  isComplete: true,
  cells: [cell(0, 0), cell(9, 0)],
  entities: [],
  gone: [],
}

describe('columns as they are sent', () => {
  it('are runs of equal columns along x, whatever their order was', () => {
    expect(runsOf([cell(1, 0), cell(-1, 0), cell(0, 0), cell(2, 0, 65), cell(3, 1), cell(4, 1, 64, 'sand')])).toEqual({
      palette: ['stone', 'sand'],
      runs: [-1, 0, 3, 64, 0, 2, 0, 1, 65, 0, 3, 1, 1, 64, 0, 4, 1, 1, 64, 1],
    })
  })
  it('take at most 100 bytes for one block that changed', () => {
    expect(JSON.stringify(runsOf([cell(-20_000, 31_000, 127, 'redstone_lamp')])).length).toBeLessThanOrEqual(100)
  })
})

describe('a change', () => {
  it('names the state that it is a change of, and holds only what is in the square', () => {
    expect(changeIn({ x: 0, z: 0, radius: 4 }, event)).toMatchObject({ seq: 8, base: 7, runs: [0, 0, 1, 64, 0] })
  })
  it('that is not complete follows no state, so that its reader asks for all', () => {
    expect(changeIn({ x: 0, z: 0, radius: 4 }, { ...event, isComplete: false }).base).toBe(-1)
  })
  it('is refused for squares that are too large', () => {
    for (const radius of [0, 49, 1.5]) expect(() => checkRadius(radius)).toThrow('`radius` must be 1 to 48.')
  })
})
