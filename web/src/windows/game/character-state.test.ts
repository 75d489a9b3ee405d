import { describe, expect, it } from 'vitest'
import { ammoOf, sheetFacts } from './character-state.ts'

describe('the words for a character', () => {
  it('[TAB52] name every part of a sheet that dice follow from, attributes in the order of sheets', () => {
    const facts = sheetFacts({
      ...{ archetype: 'Mage', metatype: 'elf', vision: 'low-light', initiativeDice: 2, magic: 6, karmaEarned: 31 },
      attributes: { charisma: 4, willpower: 6, body: 3, intelligence: 5, strength: 2, quickness: 4 },
      augmentations: { strength: -1, body: 2 },
      skills: [
        { name: 'Firearms', rating: 4, concentration: { name: 'Pistols', rating: 6 }, specialization: null },
        { name: 'Sorcery', rating: 5, concentration: null, specialization: null },
      ],
      weapons: [
        { kind: 'melee', name: 'Staff', damage: '(Str+2)M', reach: 2 },
        { kind: 'melee', name: 'Knife', damage: '(Str)L', reach: 0 },
      ],
    })
    expect(facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Archetype: Mage, elf',
      'Attributes: body 3, quickness 4, strength 2, charisma 4, intelligence 5, willpower 6',
      'Augmented: body +2, strength −1',
      'Initiative: 2 dice',
      'Vision: low-light',
      'Magic: 6',
      'Karma: 31 earned',
      'Skills: Firearms 4 (Pistols 6), Sorcery 5',
      'Weapons: Staff (Str+2)M reach 2, Knife (Str)L',
    ])
  })

  it('[TAB52] tell the rounds of a weapon from its name', () => {
    expect(ammoOf({ ammo: { 'Light Fire 70': 16, Derringer: 1 } })).toEqual([
      'Light Fire 70: 16 rounds',
      'Derringer: 1 round',
    ])
  })
})
