import { describe, expect, it } from 'vitest'
import { groupColour, groupsOf } from './dot-groups.ts'
import { MAX_FILTERS, readFilterSet, readFilters, writeFilters } from './map-filters.ts'

describe('filters of the map', () => {
  it('come back from the address as they were, those that are off left out', () => {
    const mine = { text: 'mine near:42.1N,33.6E,2', colour: 'RED', isOn: true } as const
    const set = { others: 'hidden', filters: [mine, { text: 'live', colour: 'BLUE', isOn: false }] } as const
    expect(writeFilters(set)).toBe('hidden;RED mine near:42.1N,33.6E,2')
    expect(readFilters(writeFilters(set)!)).toEqual({ others: 'hidden', filters: [mine] })
    expect(writeFilters({ others: 'faded', filters: [] })).toBeNull()
  })

  it('are read as far as they can be used, and refused when they are something else', () => {
    const many = Array.from({ length: 20 }, () => ({ text: 'live' }))
    expect(readFilterSet({ filters: many })!.filters).toHaveLength(MAX_FILTERS)
    expect(readFilterSet({ others: 'x', filters: [{ text: 'live', colour: 'PINK' }, { text: 5 }, null] })).toEqual({
      others: 'faded',
      filters: [{ text: 'live', colour: 'YELLOW', isOn: true }],
    })
    for (const kept of [null, 5, {}, { filters: 'live' }]) expect(readFilterSet(kept)).toBeNull()
  })
})

describe('groups of dots', () => {
  const tags: Record<string, string> = { Aby: 'mules', Bo: 'hunters', Cy: 'mules' }
  it('are counted by name, and characters without one are grey', () => {
    const { groups, of } = groupsOf(['Aby', 'Bo', 'Cy', 'Di'], (name) => tags[name])
    expect(groups).toEqual([
      { name: 'hunters', nth: 0, count: 1 },
      { name: 'mules', nth: 1, count: 2 },
    ])
    expect([...of]).toEqual([
      ['Aby', 1],
      ['Bo', 0],
      ['Cy', 1],
    ])
    expect(groupColour(of.get('Di'), { lightness: 60 })).toBe('hsl(210 12% 60%)')
  })

  it('have colours that stand off each other', () => {
    expect(new Set(Array.from({ length: 12 }, (_, nth) => groupColour(nth, { lightness: 60 }))).size).toBe(12)
  })
})
