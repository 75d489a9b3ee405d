import { describe, expect, it } from 'vitest'
import { armour } from '../../../shared/world/tabletop/armour.ts'
import { rangeTables, weaponClasses } from '../../../shared/world/tabletop/ranges.ts'
import { skills } from '../../../shared/world/tabletop/skills.ts'
import { isCircle, skillWeb } from '../../../shared/world/tabletop/skill-web.ts'
import { spells } from '../../../shared/world/tabletop/spells.ts'
import { visibilities, visibilityTable, visions } from '../../../shared/world/tabletop/visibility.ts'
import { weaponSkills } from '../../../shared/world/tabletop/weapon-skills.ts'
import { weapons } from '../../../shared/world/tabletop/weapons.ts'
import { readDamage } from './damage.ts'
import { readSheet } from './read-sheet.ts'
import { webAttributes } from './skill-routes.ts'
import { aSheet } from './testing/characters.ts'

const everySkill = Object.values(skills).flat()

describe('the tables of facts', () => {
  it('[TAB14] have four ranges for each of 21 weapon classes, each farther than the one before', () => {
    expect(weaponClasses).toHaveLength(21)
    for (const name of weaponClasses) {
      const { limits, minimum = 0 } = rangeTables[name]
      expect([name, [...limits].sort((a, b) => a - b)]).toEqual([name, limits])
      expect(minimum).toBeLessThan(limits[0])
    }
  })

  it('[TAB14] have the ranges of the core book where the seed was wrong', () => {
    const limits = (name: keyof typeof rangeTables) => rangeTables[name].limits
    expect(limits('smg')).toEqual([10, 40, 80, 150])
    expect(limits('light pistol')).toEqual([5, 15, 30, 50])
    expect(limits('heavy pistol')).toEqual([5, 20, 40, 60])
    expect(limits('assault rifle')).toEqual([15, 40, 100, 250])
    expect(limits('shotgun')).toEqual([10, 20, 50, 100])
  })

  it('[TAB14] have one darkness: +8 without special eyes, and partial light +2', () => {
    expect(visibilityTable['full-darkness'].modifiers.normal).toBe(8)
    expect(visibilityTable['partial-light'].modifiers.normal).toBe(2)
    for (const condition of visibilities)
      expect(Object.keys(visibilityTable[condition].modifiers).sort()).toEqual([...visions].sort())
  })

  it('[TAB14] label every fact that was not checked', () => {
    expect(visibilityTable['thermal-smoke'].certainty).toBe('unconfirmed')
    expect(visibilityTable.mist.certainty).toBe('web')
    expect(new Set([...weapons, ...armour].map((fact) => fact.certainty))).toEqual(new Set(['unconfirmed']))
    const core = spells.filter((spell) => spell.certainty === 'core').map(({ name, drain }) => [name, drain])
    expect(Object.fromEntries(core)).toEqual({
      'Mana Dart': { modifier: 0, level: 'L' },
      'Mana Missile': { modifier: 0, level: 'M' },
      'Mana Bolt': { modifier: 0, level: 'S' },
      'Power Dart': { modifier: 1, level: 'L' },
      'Power Missile': { modifier: 1, level: 'M' },
      'Power Bolt': { modifier: 1, level: 'S' },
      Manaball: { modifier: 0, level: 'S' },
      Powerball: { modifier: 1, level: 'S' },
      Fireball: { modifier: 3, level: 'D' },
      Hellblast: { modifier: 6, level: 'D' },
    })
  })

  it('[TAB14] have weapons and armour that a sheet may carry', () => {
    for (const weapon of weapons) expect(readDamage(weapon.damage).power).toBeGreaterThan(0)
    const carried = weapons.map(({ certainty: _, ...weapon }) => ({ kind: 'ranged', ...weapon }))
    const worn = armour.map(({ certainty: _, ...values }) => ({ ...values, isWorn: false }))
    expect(readSheet({ ...aSheet(), weapons: carried, armour: worn }).weapons).toHaveLength(weapons.length)
  })

  it('[TAB14] use only known skills, attributes, circles and joints on the web', () => {
    const known = new Set([...everySkill, ...everySkill.map((skill) => `${skill} B/R`), ...webAttributes].map(lower))
    const names = skillWeb.flatMap(({ from, to }) => [from, to])
    const others = names.filter((name) => !known.has(name) && !isCircle(name) && !/^joint\d$/.test(name))
    expect(others).toEqual([])
    for (const attribute of webAttributes)
      expect(names.filter((name) => name === attribute).length).toBeLessThanOrEqual(1)
    for (const { skill } of Object.values(weaponSkills)) expect(everySkill).toContain(skill)
  })
})

function lower(text: string): string {
  return text.toLowerCase()
}
