import type { CombatSnapshot } from '../../../shared/contract/combat.ts'

// Sums grow by addition, maxima by comparison: a life is its sessions joined leaf by leaf, so nothing is counted twice.

export interface ElementTotals {
  attackType: string
  element: string
  totalAttacks: number
  failedAttacks: number
  crits: number
  totalNormalDamage: number
  maxNormalDamage: number
  totalCritDamage: number
  maxCritDamage: number
}

export interface MonsterTotals {
  name: string
  kills: number
  damageGiven: number
  damageReceived: number
  offense: ElementTotals[]
  defense: ElementTotals[]
}

export interface Totals {
  damageGiven: number
  damageReceived: number
  kills: number
  aetheriaSurges: number
  cloakSurges: number
  monsters: MonsterTotals[]
}

type Side = NonNullable<NonNullable<CombatSnapshot['monsters']>[string]['offense']>

/** Adds up snapshots of different sessions; one alone is that session's figures. Monsters most killed first. */
export function addUp(snapshots: readonly CombatSnapshot[]): Totals {
  const totals: Totals = {
    damageGiven: 0,
    damageReceived: 0,
    kills: 0,
    aetheriaSurges: 0,
    cloakSurges: 0,
    monsters: [],
  }
  const monsters = new Map<string, MonsterTotals>()
  for (const snapshot of snapshots) {
    totals.damageGiven += snapshot.total_damage_given ?? 0
    totals.damageReceived += snapshot.total_damage_received ?? 0
    totals.kills += snapshot.total_kills ?? 0
    totals.aetheriaSurges += snapshot.total_aetheria_surges ?? 0
    totals.cloakSurges += snapshot.total_cloak_surges ?? 0
    for (const [name, reported] of Object.entries(snapshot.monsters ?? {})) {
      const monster = monsters.get(name) ?? {
        name,
        kills: 0,
        damageGiven: 0,
        damageReceived: 0,
        offense: [],
        defense: [],
      }
      monsters.set(name, monster)
      monster.kills += reported.kill_count ?? 0
      monster.damageGiven += reported.damage_given ?? 0
      monster.damageReceived += reported.damage_received ?? 0
      addSide(monster.offense, reported.offense)
      addSide(monster.defense, reported.defense)
    }
  }
  totals.monsters = [...monsters.values()].sort(mostKilled)
  return totals
}

/** What came between two moments: later figures less earlier ones; greatest values are those of the later ones. */
export function difference(later: Totals, earlier: Totals): Totals {
  const before = new Map(earlier.monsters.map((monster) => [monster.name, monster]))
  const monsters = later.monsters.flatMap((monster): MonsterTotals[] => {
    const old = before.get(monster.name)
    if (!old) return [monster]
    const rest = {
      ...monster,
      kills: monster.kills - old.kills,
      damageGiven: monster.damageGiven - old.damageGiven,
      damageReceived: monster.damageReceived - old.damageReceived,
      offense: sideBetween(monster.offense, old.offense),
      defense: sideBetween(monster.defense, old.defense),
    }
    const isNothing = !rest.kills && !rest.damageGiven && !rest.damageReceived
    return isNothing && !rest.offense.length && !rest.defense.length ? [] : [rest]
  })
  return {
    damageGiven: later.damageGiven - earlier.damageGiven,
    damageReceived: later.damageReceived - earlier.damageReceived,
    kills: later.kills - earlier.kills,
    aetheriaSurges: later.aetheriaSurges - earlier.aetheriaSurges,
    cloakSurges: later.cloakSurges - earlier.cloakSurges,
    monsters: monsters.sort(mostKilled),
  }
}

const SUMMED = ['totalAttacks', 'failedAttacks', 'crits', 'totalNormalDamage', 'totalCritDamage'] as const

function sideBetween(later: readonly ElementTotals[], earlier: readonly ElementTotals[]): ElementTotals[] {
  return later.flatMap((figures) => {
    const old = earlier.find(
      ({ attackType, element }) => attackType === figures.attackType && element === figures.element,
    )
    const rest = { ...figures }
    for (const name of SUMMED) rest[name] -= old?.[name] ?? 0
    return SUMMED.some((name) => rest[name]) ? [rest] : []
  })
}

const mostKilled = (a: MonsterTotals, b: MonsterTotals): number =>
  b.kills - a.kills || b.damageGiven - a.damageGiven || a.name.localeCompare(b.name)

/** Maximum kinds of attack per side: the game has about twenty, but senders choose the names. */
const MAX_KINDS = 100

function addSide(side: ElementTotals[], reported: Side | undefined): void {
  for (const [attackType, elements] of Object.entries(reported ?? {})) {
    for (const [element, figures] of Object.entries(elements)) {
      const sum = kindOf(side, attackType, element)
      if (!sum) continue
      sum.totalAttacks += figures.total_attacks ?? 0
      sum.failedAttacks += figures.failed_attacks ?? 0
      sum.crits += figures.crits ?? 0
      sum.totalNormalDamage += figures.total_normal_damage ?? 0
      sum.totalCritDamage += figures.total_crit_damage ?? 0
      sum.maxNormalDamage = Math.max(sum.maxNormalDamage, figures.max_normal_damage ?? 0)
      sum.maxCritDamage = Math.max(sum.maxCritDamage, figures.max_crit_damage ?? 0)
    }
  }
}

/** Several sides added up, kind by kind. */
export function sumOf(sides: readonly ElementTotals[][]): ElementTotals[] {
  const result: ElementTotals[] = []
  for (const side of sides)
    for (const figures of side) {
      const sum = kindOf(result, figures.attackType, figures.element)
      if (!sum) continue
      for (const key of SUMMED) sum[key] += figures[key]
      sum.maxNormalDamage = Math.max(sum.maxNormalDamage, figures.maxNormalDamage)
      sum.maxCritDamage = Math.max(sum.maxCritDamage, figures.maxCritDamage)
    }
  return result
}

/** The sum of one kind of attack, created at 0; undefined if there are too many kinds. */
function kindOf(side: ElementTotals[], attackType: string, element: string): ElementTotals | undefined {
  const there = side.find((entry) => entry.attackType === attackType && entry.element === element)
  if (there || side.length >= MAX_KINDS) return there
  const sum: ElementTotals = {
    attackType,
    element,
    totalAttacks: 0,
    failedAttacks: 0,
    crits: 0,
    totalNormalDamage: 0,
    maxNormalDamage: 0,
    totalCritDamage: 0,
    maxCritDamage: 0,
  }
  side.push(sum)
  return sum
}
