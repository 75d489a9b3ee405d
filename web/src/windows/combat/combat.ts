import { byText } from '../../language/language.ts'
import type { CombatWindowElementFragment, CombatWindowTotalsFragment } from './combat-totals.fragment.gen.ts'
import { fromField, toField } from '../../ui/time-zone.ts'
import { texts } from './messages.ts'

export type Totals = CombatWindowTotalsFragment
export type Element = CombatWindowElementFragment
export type Span = 'session' | 'lifetime' | 'between'
export type Direction = 'offense' | 'defense'

/** What one character did, shown in a column of its own. */
export interface Side {
  name: string
  totals: TotalsShown | null
}

/** Totals with their elements opened. */
export interface TotalsShown extends Pick<
  Totals,
  'kills' | 'damageGiven' | 'damageReceived' | 'aetheriaSurges' | 'cloakSurges'
> {
  offense: Element[]
  defense: Element[]
  monsters: Monster[]
}
export interface Monster {
  name: string
  kills: number
  damageGiven: number
  damageReceived: number
  offense: Element[]
  defense: Element[]
}

export const figures = ['kills', 'damageGiven', 'damageReceived'] as const
export type Figure = (typeof figures)[number]

export interface MonsterRow {
  name: string
  /** One for each side; null where that side never met the monster. */
  sides: (Monster | null)[]
}

/** Every monster of any side, the greatest figure of the sides together first; names decide ties. */
export function monsterRows(sides: readonly Side[], by: Figure): MonsterRow[] {
  const names = new Set(sides.flatMap(({ totals }) => (totals?.monsters ?? []).map(({ name }) => name)))
  const rows = [...names].map((name) => ({
    name,
    sides: sides.map(({ totals }) => totals?.monsters.find((monster) => monster.name === name) ?? null),
  }))
  const sum = (row: MonsterRow) => row.sides.reduce((all, one) => all + Number(one?.[by] ?? 0), 0)
  return rows.sort((a, b) => sum(b) - sum(a) || byText(a.name, b.name))
}

/** How attacks of one element went. Shares are 0 to 1; null where there was nothing to take a share of. */
export interface ElementFigures {
  attacks: number
  /** Attacks that were neither evaded nor resisted. */
  hitShare: number | null
  /** Critical hits among the hits. */
  critShare: number | null
  /** Damage of a hit on average, critical hits included. */
  averageHit: number | null
  hardestHit: number
  damage: number
}

export function elementFigures(element: Element): ElementFigures {
  const attacks = Number(element.totalAttacks)
  const hits = Math.max(0, attacks - Number(element.failedAttacks))
  const damage = Number(element.totalNormalDamage) + Number(element.totalCritDamage)
  return {
    attacks,
    hitShare: attacks > 0 ? hits / attacks : null,
    critShare: hits > 0 ? Number(element.crits) / hits : null,
    averageHit: hits > 0 ? damage / hits : null,
    hardestHit: Math.max(Number(element.maxNormalDamage), Number(element.maxCritDamage)),
    damage,
  }
}

export interface ElementRow {
  key: string
  element: string
  attack: string
  /** One for each side; null where that side has none. */
  sides: (ElementFigures | null)[]
}

/**
 * Every element and kind of attack of any side, most damage first: over all monsters, or of the one named. `direction`
 * is what the character dealt (offense) or received (defense).
 */
export function elementRows(sides: readonly Side[], direction: Direction, monster: string | null): ElementRow[] {
  const rows = new Map<string, ElementRow>()
  sides.forEach(({ totals }, nth) => {
    const of = monster === null ? totals : totals?.monsters.find(({ name }) => name === monster)
    for (const one of of?.[direction] ?? []) {
      const key = `${one.elementName} ${one.attackType}`
      const row = rows.get(key) ?? {
        key,
        element: one.elementName || texts.unknownElement,
        attack: texts.attackTypes[one.attackType],
        sides: sides.map(() => null),
      }
      row.sides[nth] = elementFigures(one)
      rows.set(key, row)
    }
  })
  const sum = (row: ElementRow) => row.sides.reduce((all, one) => all + (one?.damage ?? 0), 0)
  return [...rows.values()].sort((a, b) => sum(b) - sum(a) || byText(a.key, b.key))
}

/**
 * The two moments as they are asked for, or the reason in words why they cannot be: `since` and `until` as a date field
 * gives them, in local time; an empty `until` is now.
 */
export function readMoments(
  since: string,
  until: string,
  now: number,
): { since: string; until: string | null } | string {
  const from = fromField(since)
  const to = until ? fromField(until) : now
  if (Number.isNaN(from) || Number.isNaN(to)) return texts.chooseTheFirstMoment
  if (from >= now) return texts.theFirstMomentHasNot
  if (to <= from) return texts.theSecondMomentMustBe
  return { since: new Date(from).toISOString(), until: until ? new Date(to).toISOString() : null }
}

/** A moment as a date field takes it, to the minute. */
export const fieldMoment = (at: number): string => toField(at, 'minute')
