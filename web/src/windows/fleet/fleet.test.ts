import { describe, expect, it } from 'vitest'
import { formatSpan } from '../../ui/format.ts'
import { WorldStore } from '../../world/world-store.ts'
import { filterRows, fleetRows, needsOf, needyRows, nextSort, sortRows, type SlowFigures } from './fleet.ts'
import { type HourOf, hourOf } from './hour.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const minutes = (n: number) => n * 60_000

function aFleet() {
  const world = new WorldStore()
  const place = { ew: 33.6, ns: 42.1, state: 'combat', kills: 0, deaths: 0, raresFound: 0 }
  world.know({ name: 'Aged Mule', tag: 'bank', lastSeenAt: noon - minutes(600) })
  world.know({ name: 'Lost', tag: null, lastSeenAt: noon - minutes(4) })
  world.move({ ...place, at: noon, name: 'Talin', killsPerHour: 100 }, noon)
  world.move({ ...place, at: noon, name: 'Erynn', state: 'idle', killsPerHour: 700 }, noon)
  world.fare({ name: 'Talin', at: noon, health: 12, stamina: 1, mana: 1, vitae: 5 }, noon)
  const slow = new Map<string, SlowFigures>([
    ['Talin', { tapers: 40, onlineSeconds: 60, kills: 3, packs: { items: 98, capacity: 102 } }],
    ['Erynn', { tapers: 4000, onlineSeconds: 7200, kills: 9, packs: null }],
  ])
  const hours = new Map<string, HourOf>([
    ['Erynn', { killsPerHour: [], health: [], vitae: [], sinceKillMs: minutes(12) }],
  ])
  return fleetRows(world, noon, slow, hours, formatSpan)
}
const well = {
  live: true,
  ageMs: 0,
  activity: 'hunting' as const,
  vitae: 0,
  tapers: 500,
  fill: 0.5,
  hour: null,
}
const texts = (changed: object) => needsOf({ ...well, ...changed }, formatSpan).map((need) => need.text)

describe('who needs you now', () => {
  it('nobody who is well', () => expect(texts({})).toEqual([]))
  it.each([
    [{ vitae: 5 }, 'vitae 5 %'],
    [{ tapers: 99 }, '99 tapers left'],
    [{ tapers: 1 }, '1 taper left'],
    [{ tapers: 0 }, 'no tapers'],
    [{ fill: 0.95 }, 'packs 95 % full'],
    [{ fill: 1.2 }, 'packs full'],
    [{ live: false, ageMs: minutes(4) }, 'silent for 4 min'],
    [{ activity: 'idle', hour: { sinceKillMs: minutes(5) } }, 'no kill for 5 min'],
    [{ activity: 'travelling', hour: { sinceKillMs: minutes(15) } }, 'no kill for 15 min'],
  ])('%o: %s', (changed, text) => expect(texts(changed)).toEqual([text]))
  it.each([
    ['tapers enough', { tapers: 100 }],
    ['tapers unknown', { tapers: null }],
    ['room in the packs', { fill: 0.94 }],
    ['a short pause', { activity: 'idle', hour: { sinceKillMs: minutes(5) - 1 } }],
    ['a walk', { activity: 'travelling', hour: { sinceKillMs: minutes(15) - 1 } }],
    ['idle without a kill in the hour: a mule', { activity: 'idle', hour: { sinceKillMs: null } }],
    ['logged off', { live: false, ageMs: minutes(30), vitae: 5, tapers: 0 }],
    ['never heard', { live: false, ageMs: Infinity }],
  ])('not for %s', (_, changed) => expect(texts(changed)).toEqual([]))
  it('lists the most urgent first, with every reason', () =>
    expect(needyRows(aFleet()).map(({ name, needs }) => [name, needs.map(({ kind }) => kind)])).toEqual([
      ['Talin', ['vitae', 'tapers', 'packs']],
      ['Lost', ['silent']],
      ['Erynn', ['idle']],
    ]))
})

describe('the table of the fleet', () => {
  const names = (by: 'name' | 'health' | 'killsPerHour' | 'tapers' | 'ageMs', falling = false) =>
    sortRows(aFleet(), { by, falling }).map((row) => row.name)

  it('lists live characters first in every order', () => {
    expect(names('name')).toEqual(['Erynn', 'Talin', 'Aged Mule', 'Lost'])
    expect(names('ageMs', true)).toEqual(['Erynn', 'Talin', 'Aged Mule', 'Lost'])
  })
  it('puts unknown values last in both directions', () => {
    expect(names('health')).toEqual(['Talin', 'Erynn', 'Aged Mule', 'Lost'])
    expect(names('health', true).slice(0, 2)).toEqual(['Talin', 'Erynn'])
  })
  it('sorts by figures', () => {
    expect(names('killsPerHour', true).slice(0, 2)).toEqual(['Erynn', 'Talin'])
    expect(names('tapers').slice(0, 2)).toEqual(['Talin', 'Erynn'])
  })
  it('begins with the usual direction of a column, and turns at the second click', () => {
    const once = nextSort({ by: 'name', falling: false }, 'kills')
    expect(once).toEqual({ by: 'kills', falling: true })
    expect(nextSort(once, 'kills')).toEqual({ by: 'kills', falling: false })
    expect(nextSort(once, 'tapers')).toEqual({ by: 'tapers', falling: false })
  })
  it('finds by name, tag and state', () => {
    const found = (text: string) => filterRows(aFleet(), text).map((row) => row.name)
    expect(found('TAL')).toEqual(['Talin'])
    expect(found('bank')).toEqual(['Aged Mule'])
    expect(found('combat')).toEqual(['Talin'])
    expect(found(' ')).toHaveLength(4)
  })
})

describe('the last hour', () => {
  const since = noon - minutes(60)
  const at = (n: number) => new Date(since + minutes(n)).toISOString()
  it('holds vitals until they change, as long as the character is heard', () => {
    const heard = { at: [at(0), at(2), at(4)], figures: { kills: [1, 1, 1], killsPerHour: [1, 1, 1] } }
    const vitals = { at: [at(2)], figures: { health: [80], vitae: [5] } }
    expect(hourOf(heard, vitals, since, noon).health.slice(0, 5)).toEqual([null, 80, 80, null, null])
  })
  it('knows how long ago the last kill was, and does not take a counter that began again for one', () => {
    const kills = (...figures: number[]) =>
      hourOf(
        { at: figures.map((_, nth) => at(nth * 10)), figures: { kills: figures, killsPerHour: figures } },
        null,
        since,
        noon,
      ).sinceKillMs
    expect(kills(1, 5, 5, 5)).toBe(minutes(50))
    expect(kills(90, 95, 0, 0)).toBe(minutes(50))
    expect(kills(7, 7, 7)).toBeNull()
  })
})
