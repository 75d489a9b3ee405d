import { describe, expect, it } from 'vitest'
import { WorldStore } from '../world/world-store.ts'
import { mergeLines } from './chat/merge-lines.ts'
import { readAllegiance, readableName, sortSkills } from './character/sheet.ts'
import { rosterRows } from './roster/roster.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')

function aGuild() {
  const world = new WorldStore()
  const place = { at: noon, ew: 33.6, ns: 42.1, state: 'combat', kills: 0, deaths: 0, raresFound: 0 }
  world.know({ name: 'Aged Mule', tag: 'bank', lastSeenAt: noon - 3_600_000 })
  world.move({ ...place, name: 'Talin', killsPerHour: 100 }, noon)
  world.move({ ...place, name: 'Erynn', killsPerHour: 700 }, noon)
  world.fare({ name: 'Talin', at: noon, health: 12, stamina: 1, mana: 1, vitae: 0 }, noon)
  return world
}
const names = (...given: [search: string, sort: 'name' | 'kills' | 'health']) =>
  rosterRows(aGuild(), noon, ...given).map((row) => row.name)

describe('roster', () => {
  it('lists live characters first, then by name', () =>
    expect(names('', 'name')).toEqual(['Erynn', 'Talin', 'Aged Mule']))
  it('puts the busiest first, or the weakest', () => {
    expect(names('', 'kills')[0]).toBe('Erynn')
    expect(names('', 'health')[0]).toBe('Talin')
  })
  it('finds by name and by tag', () => {
    expect(names('tal', 'name')).toEqual(['Talin'])
    expect(names('BANK', 'name')).toEqual(['Aged Mule'])
  })
})

describe('chat lines', () => {
  const lines = (...ids: number[]) => ids.map((id) => ({ id: String(id) }))
  it('stay in order and come once, however pages and news overlap', () => {
    expect(mergeLines(lines(9, 10, 11), lines(10, 11, 12), 99)).toEqual(lines(9, 10, 11, 12))
    expect(mergeLines(lines(100, 101), lines(98, 99), 99)).toEqual(lines(98, 99, 100, 101))
  })
  it('let the oldest go beyond the most', () => expect(mergeLines(lines(1, 2, 3), lines(4), 3)).toEqual(lines(2, 3, 4)))
})

describe('sheet', () => {
  it('writes names as people do', () => expect(readableName('war_magic')).toBe('War magic'))
  it('reads an allegiance with names or with objects, and nothing out of nonsense', () => {
    expect(
      readAllegiance({ name: 'Lamp', monarch: { name: 'Elysa' }, patron: 'Borelean', vassals: [{ name: 'Talin' }, 7] }),
    ).toEqual({
      name: 'Lamp',
      rank: null,
      followers: null,
      monarch: 'Elysa',
      patron: 'Borelean',
      vassals: ['Talin'],
    })
    for (const nonsense of [null, 7, 'x', {}, []]) expect(readAllegiance(nonsense)).toBeNull()
  })
  it('puts specialized skills first, the best first within', () => {
    const skills = [
      { name: 'run', base: 500, training: 'Untrained' },
      { name: 'life', base: 300, training: 'Trained' },
      { name: 'war', base: 200, training: 'Specialized' },
      { name: 'void', base: 400, training: 'Specialized' },
    ]
    expect(sortSkills(skills).map((skill) => skill.name)).toEqual(['void', 'war', 'life', 'run'])
  })
})
