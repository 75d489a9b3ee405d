// What spells do to the figures of the item they lie upon, as far as we know it. Of each family only the best counts;
// families add.
import { spellOf } from './spells.ts'

/** Figures of an item that spells change. */
export type Enchanted = 'armorLevel' | 'maxDamage' | 'attackBonus' | 'meleeDefense' | 'elementalDamage'

interface Family {
  /** By level, 1 first; of ordinary spells. */
  levels?: readonly number[]
  /** By id: cantrips and what has no level. */
  spells: Readonly<Record<number, number>>
  /** Cantrips are bound to the item for good: base figures count them, worn or not. */
  isCantrip?: boolean
  /** It makes worse: the lowest counts. */
  isCurse?: boolean
}

const families: Readonly<Record<Enchanted, Readonly<Record<number, Family>>>> = {
  armorLevel: {
    160: {
      levels: [20, 50, 75, 100, 150, 200, 220, 240],
      spells: { 2015: 220, 3092: 180, 3093: 205, 3094: 225 },
    },
    161: { spells: { 1492: -200, 2100: -220 }, isCurse: true },
    391: { spells: { 2604: 20, 2592: 40, 4667: 60, 6095: 80 }, isCantrip: true },
  },
  maxDamage: {
    154: { levels: [2, 4, 8, 12, 16, 20, 22, 24], spells: { 2411: 30, 2949: 21 } },
    323: {
      spells: { 2453: 2, 2454: 4, 2452: 6, 2486: 2, 2487: 2, 2598: 2, 2586: 4, 2629: 5, 4661: 7, 6089: 10 },
      isCantrip: true,
    },
  },
  attackBonus: {
    152: { levels: [0.03, 0.05, 0.07, 0.1, 0.13, 0.15, 0.17, 0.2], spells: {} },
    389: { spells: { 2603: 0.03, 3984: 0.04, 2591: 0.05, 2630: 0.06, 4666: 0.07, 6094: 0.09 }, isCantrip: true },
  },
  meleeDefense: {
    156: { levels: [0.03, 0.05, 0.075, 0.1, 0.13, 0.15, 0.17, 0.2], spells: {} },
    329: { spells: { 2600: 0.03, 3985: 0.04, 2588: 0.05, 2488: 0.08, 4663: 0.07, 6091: 0.09 }, isCantrip: true },
  },
  elementalDamage: {
    695: { levels: [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08], spells: {} },
    323: { spells: { 3251: 0.01, 3250: 0.03, 4670: 0.05, 6098: 0.07 }, isCantrip: true },
  },
}

/**
 * A figure with the spells upon the item taken off and its own cantrips put on, worn or not: what it is in whosever
 * hands.
 * @param appraised as the game reported it, with what was active then
 */
export function baseFigure(
  figure: Enchanted,
  appraised: number | null,
  active: readonly number[],
  own: readonly number[],
): number | null {
  if (appraised === null) return null
  let base = appraised
  for (const [number, family] of Object.entries(families[figure])) {
    base -= best(family, Number(number), active)
    if (family.isCantrip) base += best(family, Number(number), own)
  }
  return Math.round(base * 1e6) / 1e6
}

function best({ levels, spells, isCurse }: Family, family: number, ids: readonly number[]): number {
  let found = 0
  for (const id of ids) {
    const spell = spellOf(id)
    if (spell?.family !== family) continue
    const effect = spells[id] ?? (levels && spell.level ? levels[spell.level - 1]! : 0)
    found = isCurse ? Math.min(found, effect) : Math.max(found, effect)
  }
  return found
}
