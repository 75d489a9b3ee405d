import { describe, expect, it } from 'vitest'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { readReport } from '../traces/report.ts'
import { tourBodies } from './demo-tour.ts'
import { DemoWorld, PLAYERS } from './demo-world.ts'

const after = (world: DemoWorld, ticks: number) => Array.from({ length: ticks }, () => world.advance())

describe('the demo’s world', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(after(new DemoWorld(7), 200)).toEqual(after(new DemoWorld(7), 200))
    expect(after(new DemoWorld(7), 50)).not.toEqual(after(new DemoWorld(8), 50))
  })
  it('has players who walk and build, on land that is loaded', () => {
    const world = new DemoWorld(7)
    const changes = after(world, 600)
    const moved = new Set(changes.flatMap(({ entities = [] }) => entities.map(({ name }) => name)))
    for (const player of PLAYERS) expect(moved).toContain(player)
    expect(changes.some(({ cells = [] }) => cells.length > 0)).toBe(true)
    for (const { x, z } of world.entitiesNear(0, 0, 1_000)) expect(world.cellAt(x, z)).not.toBeNull()
  })
  it('has a bot that goes to whom it follows, and nobody else', () => {
    const world = new DemoWorld(7)
    expect(world.follow('nobody')).toBe(false)
    expect(world.follow('swiftwolf')).toBe(true)
    after(world, 120)
    const { x, z } = world.player('SwiftWolf')!
    expect(world.entitiesNear(x, z, 8).some(({ kind }) => kind === 'BOT')).toBe(true)
  })
  it('is toured by an assistant whose reports are all accepted', () => {
    const bodies = tourBodies(new DemoWorld(7))
    const who = { source: 'demo', reporter: 'Demo', allowed: allowList(), now: new Date(0), newCall: () => 'call' }
    const read = Array.from({ length: 40 }, () => bodies.next().value)
      .filter((body) => body !== null)
      .map((body) => readReport(body, who))
    expect(read.filter((report) => typeof report === 'string')).toEqual([])
    const outcomes = new Set(read.map((report) => (typeof report === 'string' ? '' : report.outcome)))
    expect([...outcomes].sort()).toEqual(['FAILED', 'OK'])
  })
})
