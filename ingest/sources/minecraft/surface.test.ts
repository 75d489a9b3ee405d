import { describe, expect, it } from 'vitest'
import type { GameColumn } from './bot-library.ts'
import { SurfaceCache, topmost } from './surface.ts'

const NAMES = [null, 'stone', 'grass_block', 'torch']
const nameOf = (id: number) => NAMES[id]!
const DEPTH = { minY: -64, height: 384 }

/** A chunk of grass at a height, and how often it was asked for a block. */
function flat(height: number): GameColumn & { reads: number; set(x: number, y: number, z: number, id: number): void } {
  const changed = new Map<string, number>()
  const sections = Array.from({ length: 24 }, (_, nth) => ({ isEmpty: () => nth * 16 - 64 > height }))
  return {
    reads: 0,
    sections,
    getBlockStateId({ x, y, z }) {
      this.reads++
      return changed.get(`${x},${y},${z}`) ?? (y === height ? 2 : y < height ? 1 : 0)
    },
    set: (x, y, z, id) => changed.set(`${x},${y},${z}`, id),
  }
}

describe('the surface of a Minecraft world', () => {
  it('has the topmost block of each column of a chunk, and does not read sections of air', () => {
    const [cache, chunk] = [new SurfaceCache(), flat(70)]
    const cells = cache.load(-1, 2, chunk, DEPTH, nameOf)
    expect(cells).toHaveLength(256)
    expect(cells[0]).toEqual({ x: -16, z: 32, y: 70, block: 'grass_block' })
    expect(cells.at(-1)).toEqual({ x: -1, z: 47, y: 70, block: 'grass_block' })
    expect(chunk.reads).toBeLessThanOrEqual(256 * 16)
    expect(cache.at(-0.5, 47.9)).toEqual(cells.at(-1))
  })

  it('follows blocks that are placed above it, dug out of it, and replaced; what is below changes nothing', () => {
    const [cache, chunk] = [new SurfaceCache(), flat(70)]
    cache.load(0, 0, chunk, DEPTH, nameOf)
    const change = (y: number, id: number) => {
      chunk.set(3, y, 4, id)
      return cache.change({ x: 3, y, z: 4 }, nameOf(id), () => topmost(chunk, { x: 3, z: 4 }, y - 1, -64, nameOf))
    }
    expect(change(60, 3)).toBeNull()
    expect(change(75, 3)).toEqual({ x: 3, z: 4, y: 75, block: 'torch' })
    expect(change(80, 0)).toBeNull()
    expect(change(75, 1)).toEqual({ x: 3, z: 4, y: 75, block: 'stone' })
    expect(change(75, 0)).toEqual({ x: 3, z: 4, y: 70, block: 'grass_block' })
    expect(change(70, 0)).toEqual({ x: 3, z: 4, y: 69, block: 'stone' })
    expect(cache.change({ x: 99, y: 70, z: 4 }, 'stone', () => null)).toBeNull() // not loaded
  })

  it('forgets chunks that are far from every bot', () => {
    const cache = new SurfaceCache()
    for (const cx of [0, 5, 40]) cache.load(cx, 0, flat(70), DEPTH, nameOf)
    expect(cache.forgetBeyond([{ x: 8, z: 8 }], 10)).toEqual([{ cx: 40, cz: 0 }])
    expect(
      cache.forgetBeyond(
        [
          { x: 8, z: 8 },
          { x: 90, z: 0 },
        ],
        2,
      ),
    ).toEqual([])
    expect(cache.size).toBe(2)
  })
})
