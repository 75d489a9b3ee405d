import { describe, expect, it } from 'vitest'
import { activities } from '../world/activity.ts'
import { lastBefore, placeAt, roseAt, samplesOf } from './samples.ts'

const STEP = 20_000
const BEGIN = Date.parse('2026-03-01T12:00:00Z')

const walked = (...points: readonly (readonly [second: number, ew: number, ns: number])[]) => {
  const none = points.map(() => null)
  return samplesOf({
    character: { name: 'Ann' },
    since: '2026-03-01T12:00:00Z',
    telemetry: {
      seconds: points.map(([second]) => second),
      ew: points.map(([, ew]) => ew),
      ns: points.map(([, , ns]) => ns),
      states: ['combat'],
      state: points.map((_, n) => (n === 0 ? null : 0)),
      kills: none,
      killsPerHour: none,
      deaths: none,
    },
    vitals: { seconds: [10, 20, 30], health: [50, null, 20], stamina: [1, 2, 3], mana: [1, 2, 3], vitae: [0, 5, 5] },
  })
}
const at = (second: number) => BEGIN + second * 1000

describe('a place between two samples', () => {
  it('[CLK4] lies on the way between them, and the character was heard', () => {
    const { places } = walked([0, 10, 5], [20, 11, 5])
    expect(placeAt(places, at(5), STEP)).toMatchObject({ n: 0, ew: 10.25, ns: 5, heading: 0, heardAt: at(5) })
    expect(placeAt(places, at(20), STEP)).toMatchObject({ n: 1, ew: 11 })
  })

  it('[CLK4] stays before a portal until the character has gone through it', () => {
    const { places } = walked([0, 10, 5], [20, 60, 5])
    expect(placeAt(places, at(19), STEP)).toMatchObject({ ew: 10, heardAt: at(19) })
    expect(placeAt(places, at(20), STEP)).toMatchObject({ ew: 60 })
  })

  it('[CLK5] stays where frames are missing, and the character was heard last before the gap', () => {
    const { places } = walked([0, 10, 5], [20, 10.5, 5], [600, 11, 5])
    expect(placeAt(places, at(300), STEP)).toMatchObject({ ew: 10.5, heardAt: at(20) })
    expect(placeAt(places, at(900), STEP)).toMatchObject({ ew: 11, heardAt: at(600) })
    expect(placeAt(places, at(-1), STEP)).toBeNull()
  })

  it('[CLK5] of samples that are minutes apart is a guess, which does not count as heard', () => {
    const { places } = walked([0, 10, 5], [300, 11, 5])
    expect(placeAt(places, at(150), 300_000)).toMatchObject({ ew: 10.5, heardAt: at(0) })
  })
})

describe('samples', () => {
  it('keep what is not known apart from nothing', () => {
    const { places, fares } = walked([0, 1, 1], [20, 1, 1])
    expect([...places.state]).toEqual([-1, 0])
    expect([...places.activity].map((one) => activities[one])).toEqual(['idle', 'hunting'])
    expect([...fares.health]).toEqual([50, -1, 20])
  })
  it('are found by their moment', () => {
    const moments = Float64Array.of(10, 20, 30)
    expect([5, 10, 25, 30, 99].map((moment) => lastBefore(moments, moment))).toEqual([-1, 0, 1, 2, 2])
  })
  it('say when vitae rose last, for a while', () => {
    const { fares } = walked([0, 1, 1])
    expect(roseAt(fares, 2, 60_000)).toBe(at(20))
    expect(roseAt(fares, 2, 5_000)).toBe(0)
    expect(roseAt(fares, 0, 60_000)).toBe(0)
  })
})
