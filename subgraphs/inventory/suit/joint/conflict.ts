import { conflictOf, partsOf, type Conflict, type Demand } from '../conflict.ts'
import { HUNDREDTHS } from '../cantrip-bits.ts'
import { Part, type Wearer } from './part.ts'
import { JointSearch, type JointAsked } from './search.ts'

/** Points times weights are counted in so many to the point's hundredth. */
const TENTHS = 10
/** Asked for the smallest reason, one search may take so long. */
const MAX_MS = 1_000

/**
 * ALONE: a wearer could not have a suit even alone. SHARED: each could, but what they demand together asks for the same
 * pieces.
 */
export const JOINT_CONFLICT_KINDS = ['ALONE', 'SHARED'] as const
export type JointConflictKind = (typeof JOINT_CONFLICT_KINDS)[number]

export interface JointConflict {
  kind: JointConflictKind
  wearer: number
  /** Of a shared one: this wearer's part of it. */
  conflict: Conflict
}

/**
 * A search for suits for several: items have the same numbers for all, and what one holds fast is none of the others'.
 */
export function searchFor(
  wearers: readonly Wearer[],
  asked: JointAsked,
): { parts: readonly Part[]; search: JointSearch } {
  const ids = new Set(wearers.flatMap(({ candidates }) => candidates.map(({ id }) => id)))
  const numberOf = new Map([...ids].map((id, number) => [id, number]))
  const parts = wearers.map((wearer) => new Part(wearer, numberOf))
  const held = wearers.map(({ wishes }) => wishes.locked.flatMap(({ item }) => numberOf.get(item) ?? []))
  const own = wearers.map((_, k) => new Set(held.flatMap((items, other) => (other === k ? [] : items))))
  return { parts, search: new JointSearch(parts, numberOf, own, asked) }
}

/** A search's value in points. */
export const jointPoints = (value: number) => Math.round((value * HUNDREDTHS) / TENTHS) / (HUNDREDTHS * HUNDREDTHS)

/**
 * Why several cannot be dressed at once: who could not be even alone; or else the fewest demands of them that ask for
 * the same pieces.
 */
export function jointConflictsOf(
  wearers: readonly Wearer[],
  parts: readonly Part[],
  isOver: () => boolean,
): JointConflict[] {
  const alone = wearers.flatMap(({ candidates, wishes }, wearer): JointConflict[] =>
    parts[wearer]!.best(new Map(), new Set(), isOver)
      ? []
      : [{ kind: 'ALONE', wearer, conflict: conflictOf(candidates, wishes, isOver) }],
  )
  return alone.length ? alone : sharedConflicts(wearers, isOver)
}

/**
 * Leaves out one wearer after the other, then one demand after the other, and keeps those without which all could be
 * dressed.
 */
function sharedConflicts(wearers: readonly Wearer[], isOver: () => boolean): JointConflict[] {
  let now = new Map(wearers.entries())
  let isSmallest = true
  const isNeedless = (fewer: Map<number, Wearer>): boolean => {
    const possible = isPossible([...fewer.values()], isOver)
    if (possible === false) now = fewer
    if (possible === null) isSmallest = false
    return possible === false
  }
  for (const k of wearers.keys()) isNeedless(new Map([...now].filter(([other]) => other !== k)))
  const kept: [wearer: number, demands: Demand[]][] = []
  for (const [k, { candidates, wishes }] of [...now]) {
    const demands = partsOf(candidates, wishes).filter(({ without }) => {
      const wearer = now.get(k)!
      return !isNeedless(new Map(now).set(k, { ...wearer, wishes: without(wearer.wishes) }))
    })
    kept.push([k, demands.map(({ demand }) => demand)])
  }
  return kept.map(([wearer, demands]) => ({ kind: 'SHARED', wearer, conflict: { demands, isSmallest } }))
}

/** Whether all can be dressed at once; null when it could not be said in time. Each alone can. */
function isPossible(wearers: readonly Wearer[], isOver: () => boolean): boolean | null {
  if (wearers.length < 2) return true
  const until = performance.now() + MAX_MS
  let found = false // the first ones will do
  const { search } = searchFor(wearers, {
    isOver: () => found || isOver() || performance.now() > until,
    better: () => (found = true),
    narrower: () => undefined,
  })
  const { status } = search.run()
  if (found) return true
  return status === 'STOPPED' ? null : status !== 'INFEASIBLE'
}
