import { describe, expect, it } from 'vitest'
import { Trail } from './trail.ts'

const walked = (steps: number) => {
  const trail = new Trail()
  for (let i = 0; i < steps; i++) trail.append(i * 0.1, 0, i * 2000)
  return trail
}
const ew = (trail: Trail) =>
  Array.from({ length: trail.length }, (_, i) => Math.round(trail.ew[trail.slot(i)]! * 10) / 10)

describe('trail', () => {
  it('never grows past 900 points and keeps the newest', () => {
    const trail = walked(1000)
    expect(trail.length).toBe(900)
    expect(ew(trail).at(-1)).toBe(99.9)
    expect(ew(trail)[0]).toBe(10)
  })
  it('takes room for little more than the points that it has', () => {
    const room = (trail: Trail) => trail.at.length
    expect(room(new Trail())).toBe(0)
    for (const steps of [1, 90, 500]) {
      expect(room(walked(steps))).toBeGreaterThanOrEqual(steps)
      expect(room(walked(steps))).toBeLessThanOrEqual(steps * 1.25 + 16)
    }
    expect(room(walked(2_000))).toBe(900)
  })
  it('keeps its order when it grows after old points were forgotten', () => {
    const trail = walked(16)
    trail.forgetBefore(20_000)
    for (let i = 16; i < 60; i++) trail.append(i * 0.1, 0, i * 2000)
    expect(ew(trail)).toEqual(Array.from({ length: 50 }, (_, i) => Math.round((i + 10) * 0.1 * 10) / 10))
  })
  it('adds no point for standing still or for a late frame', () => {
    const trail = walked(3)
    expect(trail.append(0.2, 0, 9000)).toBe(false)
    expect(trail.append(5, 5, 1000)).toBe(false)
    expect(trail.length).toBe(3)
  })
  it('forgets what is older than asked', () => {
    const trail = walked(10)
    trail.forgetBefore(8000)
    expect(ew(trail)).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
  })
  it('puts history in front of what came live meanwhile, each point once', () => {
    const trail = new Trail()
    trail.append(0.2, 0, 4000)
    trail.append(0.3, 0, 6000)
    trail.prepend([
      { ew: 0, ns: 0, at: 0 },
      { ew: 0.1, ns: 0, at: 2000 },
      { ew: 0.2, ns: 0, at: 4000 },
    ])
    expect(ew(trail)).toEqual([0, 0.1, 0.2, 0.3])
  })
})
