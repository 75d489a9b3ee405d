import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSheet } from './read-sheet.ts'
import { problemsOf } from './read-value.ts'
import { RuleError } from './rule-error.ts'
import { aSheet, aSkill } from './testing/characters.ts'

const attributes = { body: 4, quickness: 4, strength: 4, charisma: 4, intelligence: 4, willpower: 4 }

describe('a sheet from outside', () => {
  it('[TAB13] is read as it was written', () => {
    const sheet = aSheet({ skills: [aSkill('Sorcery', 6)], magic: 6, spells: [{ name: 'Mana Bolt', force: 5 }] })
    expect(readSheet(JSON.parse(JSON.stringify(sheet)))).toEqual(sheet)
  })

  it('[TAB13] needs a name and attributes', () => {
    expect(readSheet({ name: 'Ada', attributes })).toMatchObject({
      name: 'Ada',
      magic: 0,
      skills: [],
      initiativeDice: 1,
    })
    expect(() => readSheet({ attributes })).toThrow('name: must be a text')
    expect(() => readSheet({ name: 'Ada' })).toThrow('attributes: must be an object')
  })

  it.each<[string, object]>([
    ['sheet: has no field "skils"', { skils: [] }],
    [
      'attributes.body: must be a whole number from 1 to 50, received 4.5',
      { attributes: { ...attributes, body: 4.5 } },
    ],
    ['skills[1].rating: must be a whole number', { skills: [aSkill('Car', 3), aSkill('Bike', -1)] }],
    ['skills: has "car" twice', { skills: [aSkill('Car', 3), aSkill('car', 2)] }],
    ['weapons[0].kind: must be one of ranged, melee', { weapons: [{ kind: 'laser', name: 'X', damage: '9M' }] }],
    ['damage: must be a code', { weapons: [{ kind: 'melee', name: 'X', damage: 'lots', reach: 0 }] }],
    ['spells[0].name: must be one of', { spells: [{ name: 'Wish', force: 3 }] }],
    ['vision: must be one of normal', { vision: 'x-ray' }],
    ['name: must not have control characters', { name: 'A\u0000b' }],
    ['augmentations.body: leaves -1 of the attribute', { augmentations: { body: -5, strength: -3 } }],
    ['initiativeDice: must be a whole number from 1 to 10', { initiativeDice: 0 }],
  ])('[TAB13] names the field that is wrong: %s', (message, change) => {
    expect(() => readSheet({ name: 'Ada', attributes, ...change })).toThrow(message)
  })

  it('[TAB13] names every problem at once, by its path', () => {
    const weapons = [{ kind: 'melee', name: 'X', damage: 'lots', reach: 9 }]
    const skills = [aSkill('Car', 3), { name: 'Bike', rating: -1 }, { rating: 'x' }]
    try {
      readSheet({ attributes: { ...attributes, body: 0, wisdom: 3 }, weapons, skills, magic: -1, luck: 7 })
      expect.unreachable()
    } catch (error) {
      expect(problemsOf(error as RuleError).map(({ field }) => field)).toEqual([
        'sheet',
        'name',
        'attributes',
        'attributes.body',
        'magic',
        'skills[1].rating',
        'skills[2].name',
        'skills[2].rating',
        'weapons[0].damage',
        'weapons[0].reach',
      ])
    }
  })

  it('[TAB13] is a sheet or a RuleError, whatever it is', () => {
    const keys = fc.constantFrom('name', 'attributes', 'skills', 'weapons', 'spells', 'armour', '__proto__', 'magic')
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(keys, fc.anything())), (value) => {
        try {
          readSheet(value)
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
