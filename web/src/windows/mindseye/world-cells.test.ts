import { describe, expect, it } from 'vitest'
import { WorldCells } from './world-cells.ts'

const change = (seq: number, base: number | null, runs: number[] = [], palette = ['stone']) => ({
  seq,
  base,
  palette,
  runs,
  entities: [],
  gone: [],
})

describe('a world that is followed', () => {
  it('holds each column of a run under its absolute place', () => {
    const world = new WorldCells()
    expect(world.take(change(4, null, [-2, 7, 3, 64, 0]))).toBe(true)
    expect([...world.cells]).toEqual([-2, -1, 0].map((x) => [`${x},7`, { y: 64, block: 'stone' }]))
  })
  it('takes a change of what it shows, and refuses one whose base it never had', () => {
    const world = new WorldCells()
    world.take(change(4, null))
    expect(world.take(change(5, 4, [0, 0, 1, 70, 0], ['torch']))).toBe(true)
    expect(world.cells.get('0,0')).toEqual({ y: 70, block: 'torch' })
    expect(world.take(change(8, 7, [0, 0, 1, 1, 0]))).toBe(false)
    expect(world.cells.get('0,0')).toEqual({ y: 70, block: 'torch' })
  })
  it('passes over a change that is older than what it shows', () => {
    const world = new WorldCells()
    world.take(change(9, null, [0, 0, 1, 64, 0]))
    expect(world.take(change(8, 7, [0, 0, 1, 1, 0]))).toBe(true)
    expect(world.cells.get('0,0')?.y).toBe(64)
  })
  it('forgets entities that are gone, and all that are not in a new whole view', () => {
    const world = new WorldCells()
    const bot = { id: 'bot', kind: 'BOT' as const, name: 'Eye', x: 0, y: 0, z: 0 }
    const cow = { ...bot, id: 'cow', kind: 'CREATURE' as const }
    world.take({ ...change(1, null), entities: [bot, cow] })
    world.take({ ...change(2, 1), gone: ['cow'] })
    expect([...world.entities.keys()]).toEqual(['bot'])
    expect(world.bot()).toEqual(bot)
    world.take(change(3, null))
    expect(world.bot()).toBeUndefined()
  })
})
