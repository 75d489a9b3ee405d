import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Criteria, countConditions, everything, keptOf, readCriteria, whereOf } from './criteria.ts'
import { texts } from './messages.ts'

const some: Criteria = {
  ...everything(),
  text: ' girth ',
  facets: { ...everything().facets, sets: ['14'], slots: ['CHEST'], tiers: ['EPIC'] },
  equipped: false,
  spells: { all: [{ label: 'Any Strength', match: { familyName: 'Strength' } }], any: [], none: [] },
  ranges: { armorLevel: { min: 200.4 }, workmanship: { max: 7.5 }, value: { max: 9e12 }, tinks: {} },
  ratings: { total: { min: 3 } },
  by: 'ARMOR_LEVEL',
  direction: 'DESC',
}

describe('what is searched for', () => {
  it('is everything when nothing is said', () => {
    expect(whereOf(everything())).toEqual({})
    expect(countConditions(everything())).toBe(0)
  })
  it('asks the graph in its own words, whole numbers within its bounds', () => {
    expect(whereOf(some)).toEqual({
      text: 'girth',
      sets: [14],
      slots: ['CHEST'],
      tiers: ['EPIC'],
      equipped: false,
      spells: { all: [{ familyName: 'Strength' }] },
      armorLevel: { min: 201 },
      workmanship: { max: 7.5 },
      value: { max: 2_147_483_647 },
      ratings: { total: { min: 3 } },
    })
    expect(countConditions(some)).toBe(9)
  })
  it('counts a facet as if nothing were chosen in it', () => {
    expect(whereOf(some, 'sets')).not.toHaveProperty('sets')
    expect(whereOf(some, 'sets')).toHaveProperty('slots')
  })
  it('is kept by name without what says nothing, and comes back the same', () => {
    const kept = JSON.parse(JSON.stringify(keptOf(some))) as object
    expect(kept).not.toHaveProperty('appraised')
    expect(whereOf(readCriteria(kept)!)).toEqual(whereOf(some))
    expect(readCriteria(kept)).toMatchObject({ by: 'ARMOR_LEVEL', direction: 'DESC', equipped: false })
    expect(readCriteria(JSON.parse(JSON.stringify(keptOf(everything()))))).toEqual(everything())
  })
  it('never throws, whatever was kept', () => {
    fc.assert(fc.property(fc.jsonValue(), (kept) => void readCriteria(kept)))
  })
  it('can be ordered only by what there is: an unknown order is by name', () => {
    expect(readCriteria({ by: '__proto__' })!.by).toBe('NAME')
    expect(texts.sortNames[readCriteria({ by: 'VALUE' })!.by]).toBe('Value')
  })
})
