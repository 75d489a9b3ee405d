// Common firearms. Damage and magazines are not confirmed with the core book; a sheet states its own values.
import type { Certainty } from './certainty.ts'
import type { WeaponClass } from './ranges.ts'

export interface WeaponFact {
  name: string
  weaponClass: WeaponClass
  /** A damage code: Power and level. */
  damage: string
  modes: readonly ('SS' | 'SA' | 'BF' | 'FA')[]
  magazine: number
  certainty: Certainty
}

type Modes = WeaponFact['modes']

function fact(name: string, weaponClass: WeaponClass, damage: string, modes: Modes, magazine: number): WeaponFact {
  return { name, weaponClass, damage, modes, magazine, certainty: 'unconfirmed' }
}

export const weapons: readonly WeaponFact[] = [
  fact('Streetline Special', 'hold-out', '4L', ['SA'], 6),
  fact('Ares Light Fire 70', 'light pistol', '6L', ['SA'], 16),
  fact('Ares Predator', 'heavy pistol', '9M', ['SA'], 15),
  fact('Defiance Super Shock', 'taser', '10S Stun', ['SS'], 4),
  fact('Uzi III', 'smg', '6M', ['SA', 'BF'], 24),
  fact('Ingram Smartgun', 'smg', '7M', ['SA', 'BF', 'FA'], 32),
  fact('Defiance T-250', 'shotgun', '10S', ['SS', 'SA'], 5),
  fact('Remington 950', 'sporting rifle', '9S', ['SS'], 5),
  fact('Ranger Arms SM-3', 'sniper rifle', '14S', ['SA'], 6),
  fact('AK-97', 'assault rifle', '8M', ['SA', 'BF', 'FA'], 38),
  fact('FN HAR', 'assault rifle', '8M', ['SA', 'BF', 'FA'], 35),
]
