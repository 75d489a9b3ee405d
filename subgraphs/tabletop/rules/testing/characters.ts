import type { Attributes, Sheet, SheetSkill } from '../sheet.ts'
import { freshState, type CharacterState } from '../state.ts'
import type { MeleeWeapon, RangedWeapon } from '../weapon.ts'

export const aSkill = (name: string, rating: number, narrow: Partial<SheetSkill> = {}): SheetSkill => ({
  name,
  rating,
  concentration: null,
  specialization: null,
  ...narrow,
})

export const aPistol = (changes: Partial<RangedWeapon> = {}): RangedWeapon => ({
  kind: 'ranged',
  name: 'Pistol',
  weaponClass: 'heavy pistol',
  damage: '9M',
  modes: ['SA'],
  magazine: 15,
  recoilCompensation: 0,
  gyro: 0,
  sight: 'none',
  magnification: 0,
  isHeavy: false,
  armourAgainst: 'ballistic',
  ...changes,
})

export const aRifle = (changes: Partial<RangedWeapon> = {}): RangedWeapon =>
  aPistol({
    name: 'Rifle',
    weaponClass: 'assault rifle',
    damage: '8M',
    modes: ['SA', 'BF', 'FA'],
    magazine: 38,
    ...changes,
  })

export const aSword = (changes: Partial<MeleeWeapon> = {}): MeleeWeapon => ({
  kind: 'melee',
  name: 'Sword',
  damage: '(Str+2)M',
  reach: 1,
  ...changes,
})

/** A sheet with 4 in every attribute, skills and no gear. */
export function aSheet({
  attributes,
  ...changes
}: Partial<Omit<Sheet, 'attributes'>> & {
  attributes?: Partial<Attributes>
} = {}): Sheet {
  const four = { body: 4, quickness: 4, strength: 4, charisma: 4, intelligence: 4, willpower: 4 }
  return {
    name: 'Ada',
    streetName: null,
    archetype: 'Street Samurai',
    metatype: 'Human',
    attributes: { ...four, ...attributes },
    augmentations: {},
    reactionBonus: 0,
    initiativeDice: 1,
    magic: 0,
    powerFoci: 0,
    hackingPool: 0,
    controlPool: 0,
    skills: [aSkill('Firearms', 6), aSkill('Armed Combat', 5), aSkill('Unarmed Combat', 4)],
    vision: 'normal',
    weapons: [aPistol(), aRifle(), aSword()],
    armour: [],
    spells: [],
    karmaEarned: 0,
    ...changes,
  }
}

/** A combatant with a fresh state and no pool dice asked for. */
export function aCombatant(sheet: Sheet = aSheet(), state: Partial<CharacterState> = {}, poolDice = 0) {
  return { sheet, state: { ...freshState(sheet), ...state }, poolDice }
}
