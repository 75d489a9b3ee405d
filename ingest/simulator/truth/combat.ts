// What fights add up to: the newest snapshot of each session, and their sum over a life.
import type { Blows, BlowTree, Fight, MonsterTally } from '../world/fight.ts'
import { newFight } from '../world/fight.ts'

function addBlows(sum: Blows | undefined, more: Blows): Blows {
  if (!sum) return { ...more }
  return {
    total_attacks: sum.total_attacks + more.total_attacks,
    failed_attacks: sum.failed_attacks + more.failed_attacks,
    crits: sum.crits + more.crits,
    total_normal_damage: sum.total_normal_damage + more.total_normal_damage,
    max_normal_damage: Math.max(sum.max_normal_damage, more.max_normal_damage),
    total_crit_damage: sum.total_crit_damage + more.total_crit_damage,
    max_crit_damage: Math.max(sum.max_crit_damage, more.max_crit_damage),
  }
}

function addTree(sum: BlowTree, more: BlowTree): void {
  for (const [kind, elements] of Object.entries(more)) {
    const into = (sum[kind] ??= {})
    for (const [element, blows] of Object.entries(elements)) into[element] = addBlows(into[element], blows)
  }
}

function addMonster(sum: MonsterTally, more: MonsterTally): void {
  sum.kill_count += more.kill_count
  sum.damage_given += more.damage_given
  sum.damage_received += more.damage_received
  addTree(sum.offense, more.offense)
  addTree(sum.defense, more.defense)
}

/** Sums add up, maxima keep the greatest: over sessions, leaf by leaf. */
export function lifetimeOf(sessions: Iterable<Fight>): Fight {
  const life = newFight()
  for (const session of sessions) {
    life.total_damage_given += session.total_damage_given
    life.total_damage_received += session.total_damage_received
    life.total_kills += session.total_kills
    life.total_aetheria_surges += session.total_aetheria_surges
    life.total_cloak_surges += session.total_cloak_surges
    for (const [name, tally] of Object.entries(session.monsters))
      addMonster(
        (life.monsters[name] ??= { kill_count: 0, damage_given: 0, damage_received: 0, offense: {}, defense: {} }),
        tally,
      )
  }
  return life
}
