import { describe, expect, it } from 'vitest'
import { heatCell, HEAT_SIZE } from '../../../shared/world/dereth/heat-cells.ts'
import { heatOf, MAX_CELLS } from './heat.ts'

const counts = (places: readonly (readonly [ew: number, ns: number, spawns: number])[]) => {
  const all = new Int32Array(HEAT_SIZE * HEAT_SIZE)
  for (const [ew, ns, spawns] of places) all[heatCell({ ew, ns })!]! += spawns
  return all
}

describe('a heatmap', () => {
  it('[SPN3] of a part of the map holds the cells that its bounds touch, and no others', () => {
    const all = counts([
      [-10.2, 5, 1],
      [0.1, 0.1, 2],
      [0.4, 0.4, 3],
      [20, -20, 4],
      [101.9, -101.9, 5],
    ])
    expect(heatOf(all, 1, { west: -11, south: -1, east: 1, north: 6 })).toMatchObject({
      spawns: [1, 5],
      total: 6,
      cellCount: 2,
    })
    expect(heatOf(all, 4, { west: 20.5, south: -20.5, east: 21, north: -19 })).toMatchObject({ spawns: [4] })
    expect(heatOf(all, 2, { west: -500, south: -500, east: 500, north: 500 })).toEqual(heatOf(all, 2, null))
    expect(heatOf(all, 1, { west: 300, south: 0, east: 400, north: 1 })).toMatchObject({ cells: [], total: 0 })
  })

  it('[SPN3] with more cells than are served answers the hottest, and counts the rest', () => {
    const all = new Int32Array(HEAT_SIZE * HEAT_SIZE)
    for (let cell = 0; cell < 25_000; cell++) all[cell] = 1 + (cell % 5)
    all[30_000] = 1_000_000
    const heat = heatOf(all, 1, null)
    expect(heat).toMatchObject({ cellCount: 25_001, total: 75_000 + 1_000_000, cells: { length: MAX_CELLS } })
    const least = Math.min(...heat.spawns)
    const left = [...all].filter((spawns) => spawns > least).length
    expect(heat.spawns.filter((spawns) => spawns > least)).toHaveLength(left)
    expect(heat.cells).toEqual([...heat.cells].sort((a, b) => a - b))
  })
})
