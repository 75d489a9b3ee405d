// The tally of a session's fights, as the plugin counts it: per monster, attack type and element; offence and defence.
import { between, pick, type Rng } from './chance.ts'
import type { Monster } from './monsters.ts'

/** Blows of one attack type and element. */
export interface Blows {
  total_attacks: number
  failed_attacks: number
  crits: number
  total_normal_damage: number
  max_normal_damage: number
  total_crit_damage: number
  max_crit_damage: number
}

/** Attack type → element → blows. */
export type BlowTree = Record<string, Record<string, Blows>>

/** The tally against one kind of monster. */
export interface MonsterTally {
  kill_count: number
  damage_given: number
  damage_received: number
  offense: BlowTree
  defense: BlowTree
}

/** The tally of one session; everything in it only grows. */
export interface Fight {
  total_damage_given: number
  total_damage_received: number
  total_kills: number
  total_aetheria_surges: number
  total_cloak_surges: number
  monsters: Record<string, MonsterTally>
}

/** One blow: the attacker and target do not matter here, only the result. */
export interface Blow {
  given: boolean
  kind: 'MeleeMissile' | 'Magic'
  element: string
  damage: number
  critical: boolean
  failed: boolean
}

/** A session's tally before the first blow. */
export const newFight = (): Fight => ({
  total_damage_given: 0,
  total_damage_received: 0,
  total_kills: 0,
  total_aetheria_surges: 0,
  total_cloak_surges: 0,
  monsters: {},
})

const noBlows = (): Blows => ({
  total_attacks: 0,
  failed_attacks: 0,
  crits: 0,
  total_normal_damage: 0,
  max_normal_damage: 0,
  total_crit_damage: 0,
  max_crit_damage: 0,
})

/** Adds a blow to the tally. A failed one carries no element, as the game's line carries none. */
export function tally(fight: Fight, monster: string, blow: Blow): void {
  const against = tallyOf(fight, monster)
  const tree = blow.given ? against.offense : against.defense
  const blows = ((tree[blow.kind] ??= {})[blow.failed ? 'Unknown' : blow.element] ??= noBlows())
  blows.total_attacks++
  if (blow.failed) {
    blows.failed_attacks++
    return
  }
  if (blow.critical) {
    blows.crits++
    blows.total_crit_damage += blow.damage
    blows.max_crit_damage = Math.max(blows.max_crit_damage, blow.damage)
  } else {
    blows.total_normal_damage += blow.damage
    blows.max_normal_damage = Math.max(blows.max_normal_damage, blow.damage)
  }
  against[blow.given ? 'damage_given' : 'damage_received'] += blow.damage
  fight[blow.given ? 'total_damage_given' : 'total_damage_received'] += blow.damage
}

/** Adds a kill to the tally. */
export function tallyKill(fight: Fight, monster: string): void {
  tallyOf(fight, monster).kill_count++
  fight.total_kills++
}

function tallyOf(fight: Fight, monster: string): MonsterTally {
  return (fight.monsters[monster] ??= { kill_count: 0, damage_given: 0, damage_received: 0, offense: {}, defense: {} })
}

/** A blow the character strikes; strong enough to fell its monster in two or three. */
export function blowGiven(rng: Rng, monster: Monster, magic: boolean): Blow {
  const critical = rng() < 0.11
  const damage = Math.max(1, Math.round((monster.health / 2) * between(rng, 0.6, 1.5) * (critical ? 2.1 : 1)))
  const kind = magic ? 'Magic' : 'MeleeMissile'
  return { given: true, kind, element: rng() < 0.8 ? monster.fears : 'Slash', damage, critical, failed: rng() < 0.06 }
}

/** A blow the monster strikes. */
export function blowReceived(rng: Rng, monster: Monster): Blow {
  const critical = rng() < 0.08
  const damage = Math.max(1, Math.round((4 + monster.level * 0.22) * between(rng, 0.4, 1.4) * (critical ? 1.8 : 1)))
  const kind = rng() < 0.25 ? 'Magic' : 'MeleeMissile'
  const element = pick(
    rng,
    kind === 'Magic' ? ['Fire', 'Cold', 'Acid', 'Electric', 'Typeless'] : ['Slash', 'Pierce', 'Bludge'],
  )
  return { given: false, kind, element, damage, critical, failed: rng() < 0.55 }
}

/** Now and then a worn aetheria or cloak wakes. */
export function tallySurges(rng: Rng, fight: Fight): { aetheria: boolean; cloak: boolean } {
  const woke = { aetheria: rng() < 0.03, cloak: rng() < 0.015 }
  if (woke.aetheria) fight.total_aetheria_surges++
  if (woke.cloak) fight.total_cloak_surges++
  return woke
}
