import type { CombatSnapshot } from '../../../shared/contract/combat.ts'

const TOTALS = [
  'total_damage_given',
  'total_damage_received',
  'total_kills',
  'total_aetheria_surges',
  'total_cloak_surges',
] as const
const OF_MONSTER = ['kill_count', 'damage_given', 'damage_received'] as const
const OF_ELEMENT = ['total_attacks', 'failed_attacks', 'crits', 'total_normal_damage', 'total_crit_damage'] as const
type Monster = NonNullable<CombatSnapshot['monsters']>[string]
type Side = NonNullable<Monster['offense']>

/**
 * Whether a plugin started to count again between two snapshots of one session: a figure that both report has shrunk. A
 * figure or monster that only one of them reports proves nothing: builds differ in what they leave out.
 */
export function hasRestarted(before: CombatSnapshot, after: CombatSnapshot): boolean {
  if (TOTALS.some((name) => shrank(before[name], after[name]))) return true
  const [was, is] = [before.monsters, after.monsters]
  if (!was || !is) return false
  for (const name in is) {
    const [then, now] = [Object.hasOwn(was, name) ? was[name] : undefined, is[name]!]
    if (!then) continue
    if (OF_MONSTER.some((figure) => shrank(then[figure], now[figure]))) return true
    if (hasShrunk(then.offense, now.offense) || hasShrunk(then.defense, now.defense)) return true
  }
  return false
}

/** Of maxima nothing is known: a stronger blow may be forgotten where a build keeps only the last. */
function hasShrunk(was: Side | undefined, is: Side | undefined): boolean {
  if (!was || !is) return false
  for (const type in is)
    for (const element in is[type]) {
      const then = Object.hasOwn(was, type) && Object.hasOwn(was[type]!, element) ? was[type]![element]! : null
      const now = is[type][element]!
      if (then && OF_ELEMENT.some((figure) => shrank(then[figure], now[figure]))) return true
    }
  return false
}

const shrank = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined && after !== undefined && after < before
