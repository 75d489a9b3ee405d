// Pre-made characters, so that a session can begin at once: a street samurai, a mage and an opponent. They are ours.
import type { Sheet, SheetSkill } from '../rules/sheet.ts'

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
    {
      kind: 'ranged',
      name: 'Heavy Pistol',
      weaponClass: 'heavy pistol',
      damage: '9M',
      modes: ['SA'],
      magazine: 15,
      recoilCompensation: 0,
      gyro: 0,
      sight: 'smartlink',
      magnification: 0,
      isHeavy: false,
      armourAgainst: 'ballistic',
    },
    {
      kind: 'ranged',
      name: 'Submachine Gun',
      weaponClass: 'smg',
      damage: '6M',
      modes: ['SA', 'BF', 'FA'],
      magazine: 32,
      recoilCompensation: 2,
      gyro: 0,
      sight: 'smartlink',
      magnification: 0,
      isHeavy: false,
      armourAgainst: 'ballistic',
    },
    { kind: 'melee', name: 'Sword', damage: '(Str+2)M', reach: 1 },
  ],
  armour: [{ name: 'Armour Jacket', ballistic: 5, impact: 3, isWorn: true }],
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
  weapons: [
    {
      kind: 'ranged',
      name: 'Light Pistol',
      weaponClass: 'light pistol',
      damage: '6L',
      modes: ['SA'],
      magazine: 11,
      recoilCompensation: 0,
      gyro: 0,
      sight: 'none',
      magnification: 0,
      isHeavy: false,
      armourAgainst: 'ballistic',
    },
  ],
  armour: [{ name: 'Lined Coat', ballistic: 4, impact: 2, isWorn: true }],
  spells: [
    { name: 'Mana Bolt', force: 5 },
    { name: 'Power Bolt', force: 4 },
    { name: 'Heal', force: 4 },
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
  weapons: [
    {
      kind: 'ranged',
      name: 'Light Pistol',
      weaponClass: 'light pistol',
      damage: '6L',
      modes: ['SA'],
      magazine: 11,
      recoilCompensation: 0,
      gyro: 0,
      sight: 'none',
      magnification: 0,
      isHeavy: false,
      armourAgainst: 'ballistic',
    },
  ],
  armour: [{ name: 'Leather Jacket', ballistic: 0, impact: 2, isWorn: true }],
  spells: [],
  karmaEarned: 0,
}

/** Every pre-made character. */
export const samples: readonly Sample[] = [
  { sheet: samurai, isOpponent: false },
  { sheet: mage, isOpponent: false },
  { sheet: ganger, isOpponent: true },
]
