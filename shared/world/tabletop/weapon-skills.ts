// The skill that each weapon class is used with. Which classes need Gunnery is not confirmed.
import type { WeaponClass } from './ranges.ts'

export interface WeaponSkill {
  skill: string
  concentration: string
}

const firearms = (concentration: string): WeaponSkill => ({ skill: 'Firearms', concentration })
const gunnery = (concentration: string): WeaponSkill => ({ skill: 'Gunnery', concentration })
const projectiles = (concentration: string): WeaponSkill => ({ skill: 'Projectile Weapons', concentration })
const throwing = (concentration: string): WeaponSkill => ({ skill: 'Throwing Weapons', concentration })

export const weaponSkills: Readonly<Record<WeaponClass, WeaponSkill>> = {
  'hold-out': firearms('Pistols'),
  'light pistol': firearms('Pistols'),
  'heavy pistol': firearms('Pistols'),
  smg: firearms('Submachine Guns'),
  taser: firearms('Tasers'),
  shotgun: firearms('Shotguns'),
  'sporting rifle': firearms('Rifles'),
  'sniper rifle': firearms('Rifles'),
  'assault rifle': firearms('Assault Rifles'),
  lmg: firearms('Light Machine Guns'),
  mmg: gunnery('Machine Guns'),
  hmg: gunnery('Machine Guns'),
  'assault cannon': gunnery('Assault Cannons'),
  'grenade launcher': gunnery('Grenade Launchers'),
  'missile launcher': gunnery('Missile Launchers'),
  bow: projectiles('Bows'),
  'light crossbow': projectiles('Crossbows'),
  'medium crossbow': projectiles('Crossbows'),
  'heavy crossbow': projectiles('Crossbows'),
  'throwing knife': throwing('Throwing Knives'),
  shuriken: throwing('Shuriken'),
}
