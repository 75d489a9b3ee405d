import { describe, expect, it } from 'vitest'
import { allSpells, familyName } from '../../../shared/world/dereth/spells.ts'
import { choicesFrom, suggest } from './spell-search.ts'

const choices = choicesFrom(allSpells().values(), familyName)
const labels = (typed: string) => suggest(typed, choices).map(({ label }) => label)

describe('suggested spells', () => {
  it('begin with tiers while nothing is typed', () => {
    expect(labels('')).toEqual(['Any Legendary', 'Any Epic or better', 'Any Major or better', 'Any Minor or better'])
  })
  it('are found by the beginnings of their words, in any order', () => {
    expect(labels('leg stren')[0]).toBe('Legendary Strength')
    expect(labels('stren leg')).toContain('Legendary Strength')
    expect(labels('qqqq')).toEqual([])
  })
  it('offer a family whole, and from a tier up', () => {
    expect(suggest('any strength', choices)[0]).toEqual({ label: 'Any Strength', match: { familyName: 'Strength' } })
    expect(suggest('epic or better strength', choices)[0]!.match).toEqual({ familyName: 'Strength', atLeast: 'EPIC' })
  })
})
