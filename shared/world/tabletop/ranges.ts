// Ranges of weapon classes (core p. 88). Distances are whole metres, upper limits of each band.
import { core, type Fact } from './certainty.ts'

export const rangeBands = ['short', 'medium', 'long', 'extreme'] as const
export type RangeBand = (typeof rangeBands)[number]

/** The base target number of each band. */
export const rangeTargetNumbers: Readonly<Record<RangeBand, Fact>> = {
  short: core(4, '88'),
  medium: core(5, '88'),
  long: core(6, '88'),
  extreme: core(9, '88'),
}

export interface RangeTable {
  /** The farthest metre of short, medium, long and extreme; multiplied by Strength where `perStrength` says so. */
  limits: readonly [number, number, number, number]
  /** Which of the limits are multiplied by the attacker's Strength; left out: none. */
  perStrength?: readonly [boolean, boolean, boolean, boolean]
  /** The nearest metre at which the weapon may be used; left out: 0. */
  minimum?: number
}

const always = [true, true, true, true] as const

const tables = {
  'hold-out': { limits: [5, 15, 30, 50] },
  'light pistol': { limits: [5, 15, 30, 50] },
  'heavy pistol': { limits: [5, 20, 40, 60] },
  smg: { limits: [10, 40, 80, 150] },
  taser: { limits: [5, 10, 12, 15] },
  shotgun: { limits: [10, 20, 50, 100] },
  'sporting rifle': { limits: [30, 60, 150, 300] },
  'sniper rifle': { limits: [40, 80, 200, 400] },
  'assault rifle': { limits: [15, 40, 100, 250] },
  lmg: { limits: [20, 40, 80, 150] },
  mmg: { limits: [40, 150, 300, 500] },
  hmg: { limits: [40, 150, 400, 800] },
  'assault cannon': { limits: [50, 150, 450, 1300] },
  'grenade launcher': { limits: [50, 100, 150, 300], minimum: 5 },
  'missile launcher': { limits: [70, 150, 450, 1500], minimum: 20 },
  bow: { limits: [1, 10, 30, 60], perStrength: always },
  'light crossbow': { limits: [2, 8, 20, 40], perStrength: always },
  'medium crossbow': { limits: [3, 12, 30, 50], perStrength: always },
  'heavy crossbow': { limits: [5, 15, 40, 60], perStrength: always },
  'throwing knife': { limits: [1, 2, 3, 5], perStrength: always },
  shuriken: { limits: [1, 2, 5, 7], perStrength: always },
} as const satisfies Record<string, RangeTable>

export type WeaponClass = keyof typeof tables
export const rangeTables: Readonly<Record<WeaponClass, RangeTable>> = tables
export const weaponClasses = Object.keys(tables) as WeaponClass[]
