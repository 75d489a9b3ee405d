import { describe, expect, it, vi } from 'vitest'
import { GONE_MS, STALE_MS, type TelemetryFact, type VitalsFact, WorldStore } from './world-store.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const moved = (change: Partial<TelemetryFact> = {}): TelemetryFact => ({
  name: 'Larsson',
  at: noon,
  ew: 33.6,
  ns: 42.1,
  state: 'combat',
  kills: 10,
  killsPerHour: 300,
  deaths: 0,
  raresFound: 1,
  ...change,
})
const fared = (change: Partial<VitalsFact> = {}): VitalsFact => ({
  name: 'Larsson',
  at: noon,
  health: 90,
  stamina: 80,
  mana: 70,
  vitae: 0,
  ...change,
})

function aWorld(...facts: TelemetryFact[]) {
  const world = new WorldStore()
  for (const fact of facts) world.move(fact, fact.at)
  return world
}

describe('world store', () => {
  it('keeps the newest place and ignores a frame that comes late', () => {
    const world = aWorld(moved(), moved({ at: noon + 2000, ew: 33.7 }), moved({ at: noon + 1000, ew: 20 }))
    expect(world.ew[0]).toBeCloseTo(33.7)
    expect(world.size).toBe(1)
  })
  it('remembers where a dot glides from, and the way it looks', () => {
    const world = aWorld(moved(), moved({ at: noon + 2000, ew: 33.7 }))
    expect(world.fromEw[0]).toBeCloseTo(33.6)
    expect(world.heading[0]).toBeCloseTo(0)
  })
  it('does not glide through a portal', () => {
    expect(aWorld(moved(), moved({ at: noon + 2000, ew: -70 })).fromEw[0]).toBeCloseTo(-70)
  })
  it('reports a death when vitae rises, but not if it was there at the first frame', () => {
    const world = aWorld(moved())
    world.fare(fared({ vitae: 5 }), noon)
    expect(world.activityAt(0, noon)).toBe('hunting')
    world.fare(fared({ vitae: 10, at: noon + 1000 }), noon + 1000)
    expect(world.activityAt(0, noon + 2000)).toBe('dead')
    expect(world.activityAt(0, noon + 90_000)).toBe('hunting')
  })
  it('takes a character without health for dead', () => {
    const world = aWorld(moved())
    world.fare(fared({ health: 0 }), noon)
    expect(world.activityAt(0, noon)).toBe('dead')
  })
  it('counts age by the server’s clock, however wrong ours is', () => {
    const world = new WorldStore()
    const ours = noon - 3_600_000
    world.move(moved(), ours)
    expect(world.ageMs(0, ours + 5000)).toBe(5000)
  })
  it('lets a character leave five minutes after its last word', () => {
    const world = aWorld(moved())
    expect(world.isPresent(0, noon + STALE_MS + 1)).toBe(true)
    expect(world.isPresent(0, noon + GONE_MS)).toBe(false)
  })
  it('takes coordinates off the world for a dungeon', () => {
    expect(aWorld(moved({ ew: 310 })).isBelow(0)).toBe(true)
    expect(aWorld(moved()).isBelow(0)).toBe(false)
  })
  it('holds more characters than it was made for', () => {
    const world = aWorld(...Array.from({ length: 300 }, (_, i) => moved({ name: `Character ${i}`, ew: i / 10 })))
    expect(world.size).toBe(300)
    expect(world.ew[299]).toBeCloseTo(29.9)
    expect(world.find('Character 150')).toBe(150)
  })
  it('knows a character that was never heard here, without a place', () => {
    const world = new WorldStore()
    world.know({ name: 'Mule', tag: 'bank', lastSeenAt: noon - 60_000 })
    expect(world.isPresent(0, noon)).toBe(false)
    expect(world.ageMs(0, noon)).toBe(60_000)
  })
  it('notifies its listeners until they leave', () => {
    const world = new WorldStore()
    const listener = vi.fn()
    const leave = world.onChange(listener)
    world.move(moved(), noon)
    leave()
    world.move(moved({ at: noon + 1 }), noon)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
