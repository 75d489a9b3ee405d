import { describe, expect, it } from 'vitest'
import { WorldStore } from '../../world/world-store.ts'
import { rosterRows } from './roster.ts'

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
  it('lists favourites before all others', () => {
    const rows = rosterRows(aGuild(), noon, '', 'name', new Set(['Aged Mule']))
    expect(rows.map(({ name, isFavourite }) => [name, isFavourite])).toEqual([
      ['Aged Mule', true],
      ['Erynn', false],
      ['Talin', false],
    ])
  })
  it('finds by name and by tag', () => {
    expect(names('tal', 'name')).toEqual(['Talin'])
    expect(names('BANK', 'name')).toEqual(['Aged Mule'])
  })
})
