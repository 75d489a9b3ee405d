import type { WeaponClass } from '../../../shared/world/tabletop/ranges.ts'

/** Single shot, semi-automatic, burst, full automatic. */
export const fireModes = ['SS', 'SA', 'BF', 'FA'] as const
export type FireMode = (typeof fireModes)[number]

export const sights = ['none', 'laser', 'smart goggles', 'smartlink'] as const
export type Sight = (typeof sights)[number]

export interface RangedWeapon {
  kind: 'ranged'
  name: string
  weaponClass: WeaponClass
  /** A damage code: `9M`, `6S Stun`, with Strength `(Str+2)M`. */
  damage: string
  modes: FireMode[]
  /** Rounds of a full magazine. */
  magazine: number
  /** Points of recoil that the weapon and its holder take away. */
  recoilCompensation: number
  /** Points of recoil and of the attacker's movement that a gyro mount takes away; 0 without one. */
  gyro: number
  sight: Sight
  /** Range bands that optics bring nearer; 0 without. */
  magnification: number
  /** Doubles the recoil that is left after compensation. */
  isHeavy: boolean
  /** Against which armour the target resists; firearms: ballistic. */
  armourAgainst: 'ballistic' | 'impact'
}

export interface MeleeWeapon {
  kind: 'melee'
  name: string
  /** As in RangedWeapon. */
  damage: string
  reach: number
}

export type Weapon = RangedWeapon | MeleeWeapon
