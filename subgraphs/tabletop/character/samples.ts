// Pre-made characters, so that a session can begin at once: a street samurai, a mage and an opponent. They are ours.
import { armour } from '../../../shared/world/tabletop/armour.ts'
import { weapons } from '../../../shared/world/tabletop/weapons.ts'
import type { Armour, Sheet, SheetSkill } from '../rules/sheet.ts'
import type { RangedWeapon } from '../rules/weapon.ts'

export interface Sample {
  sheet: Sheet
  isOpponent: boolean
}

const skill = (name: string, rating: number): SheetSkill => ({
  name,
  rating,
  concentration: null,
  specialization: null,
})

/** A firearm of the table of facts, with what was built into it. */
function firearm(name: string, built: Partial<RangedWeapon> = {}): RangedWeapon {
  const { weaponClass, damage, modes, magazine } = weapons.find((one) => one.name === name)!
  const plain = { recoilCompensation: 0, gyro: 0, sight: 'none', magnification: 0, isHeavy: false } as const
  const fact = { kind: 'ranged', name, weaponClass, damage, magazine } as const
  return { ...fact, modes: [...modes], ...plain, armourAgainst: 'ballistic', ...built }
}

/** Armour of the table of facts, worn. */
function worn(name: string): Armour {
  const { ballistic, impact } = armour.find((one) => one.name === name)!
  return { name, ballistic, impact, isWorn: true }
}

const samurai: Sheet = {
  name: 'Mara Voss',
  streetName: 'Switchback',
  archetype: 'Street Samurai',
  metatype: 'human',
  attributes: { body: 6, quickness: 6, strength: 5, charisma: 2, intelligence: 5, willpower: 4 },
  augmentations: { quickness: 1, strength: 1 },
  reactionBonus: 2,
  initiativeDice: 2,
  magic: 0,
  powerFoci: 0,
  hackingPool: 0,
  controlPool: 0,
  skills: [skill('Firearms', 6), skill('Unarmed Combat', 5), skill('Armed Combat', 4), skill('Stealth', 4)],
  vision: 'low-light-cyber',
  weapons: [
    firearm('Ares Predator', { sight: 'smartlink' }),
    firearm('Ingram Smartgun', { sight: 'smartlink', recoilCompensation: 2 }),
    { kind: 'melee', name: 'Sword', damage: '(Str+2)M', reach: 1 },
  ],
  armour: [worn('Armour Jacket')],
  spells: [],
  karmaEarned: 20,
}

const mage: Sheet = {
  name: 'Tobias Renn',
  streetName: 'Candle',
  archetype: 'Mage',
  metatype: 'human',
  attributes: { body: 3, quickness: 4, strength: 2, charisma: 4, intelligence: 6, willpower: 6 },
  augmentations: {},
  reactionBonus: 0,
  initiativeDice: 1,
  magic: 6,
  powerFoci: 0,
  hackingPool: 0,
  controlPool: 0,
  skills: [skill('Sorcery', 6), skill('Conjuring', 5), skill('Firearms', 2), skill('Etiquette', 3)],
  vision: 'normal',
  weapons: [firearm('Ares Light Fire 70')],
  armour: [worn('Lined Coat')],
  spells: [
    { name: 'Mana Bolt', force: 5 },
    { name: 'Power Bolt', force: 4 },
    { name: 'Stun Bolt', force: 5 },
  ],
  karmaEarned: 10,
}

const ganger: Sheet = {
  name: 'Ganger',
  streetName: 'Razor',
  archetype: 'Gang Member',
  metatype: 'ork',
  attributes: { body: 5, quickness: 3, strength: 4, charisma: 1, intelligence: 2, willpower: 2 },
  augmentations: {},
  reactionBonus: 0,
  initiativeDice: 1,
  magic: 0,
  powerFoci: 0,
  hackingPool: 0,
  controlPool: 0,
  skills: [skill('Firearms', 3), skill('Unarmed Combat', 4)],
  vision: 'low-light',
  weapons: [firearm('Ares Light Fire 70')],
  armour: [worn('Armour Clothing')],
  spells: [],
  karmaEarned: 0,
}

/** Every pre-made character. */
export const samples: readonly Sample[] = [
  { sheet: samurai, isOpponent: false },
  { sheet: mage, isOpponent: false },
  { sheet: ganger, isOpponent: true },
]
