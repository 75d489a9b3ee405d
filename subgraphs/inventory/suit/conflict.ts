import type { Candidate } from './candidate.ts'
import { compile } from './compile.ts'
import { solve } from './solver/solve.ts'
import type { SuitPlace } from './places.ts'
import type { Wishes, WishTier } from './wishes.ts'

/** One demand among those that cannot be met together. */
export type Demand =
  | { kind: 'SET'; setId: number; pieces: number; candidateCount: number }
  | { kind: 'SPELL'; family: number; atLeast: WishTier; candidateCount: number }
  | { kind: 'FLOOR'; place: SuitPlace; armor: number; candidateCount: number }
  | { kind: 'LOCK'; item: string; candidateCount: number }

/** Demands that cannot be met together, though any of them left out the others could be. */
export interface Conflict {
  demands: readonly Demand[]
  /** Whether it is sure that none of them could be left out: not when time was up. */
  isSmallest: boolean
}

export type Part = { demand: Demand; without: (wishes: Wishes) => Wishes }

/**
 * Why no suit is as wished: leaves out one demand after the other and keeps those without which a suit could be had.
 */
export function conflictOf(
  candidates: readonly Candidate[],
  wishes: Wishes,
  isOver: () => boolean = () => false,
): Conflict {
  let now: Wishes = { ...wishes, weights: NOTHING_COUNTS }
  const kept: Demand[] = []
  let isSmallest = true
  for (const { demand, without } of partsOf(candidates, wishes)) {
    const fewer = without(now)
    const possible = isPossible(candidates, fewer, isOver)
    if (possible === false) now = fewer
    else kept.push(demand)
    if (possible === null) isSmallest = false
  }
  return { demands: kept, isSmallest }
}

/** Whether any suit meets all demands; null when it could not be said in time. */
function isPossible(candidates: readonly Candidate[], wishes: Wishes, isOver: () => boolean): boolean | null {
  const { problem } = compile(candidates, wishes)
  const until = performance.now() + MAX_MS
  let found = false // the first one will do
  const solution = solve(
    { ...problem, setGain: problem.setGain.map((gain) => Math.min(gain, 0)) },
    {
      isOver: () => found || isOver() || performance.now() > until,
      better: () => (found = true),
    },
  )
  if (found) return true
  return solution.status === 'STOPPED' ? null : false
}

/** One question may take so long. */
const MAX_MS = 500
const NOTHING_COUNTS = {
  armor: 0,
  ratings: [],
  tiers: { MINOR: 0, MAJOR: 0, EPIC: 0, LEGENDARY: 0 },
  piece: 0,
  move: 0,
  tailoring: 0,
} as const

/**
 * Every demand, with the number of candidates that could meet it; those without any come last, so that they are kept.
 */
export function partsOf(candidates: readonly Candidate[], wishes: Wishes): Part[] {
  const parts: Part[] = []
  const { problem, musts, candidates: kept } = compile(candidates, wishes)
  for (const must of musts) {
    const { candidateCount } = must
    if ('spell' in must)
      parts.push({
        demand: { kind: 'SPELL', family: must.spell.family, atLeast: must.spell.atLeast, candidateCount },
        without: (now) => ({ ...now, spells: now.spells.filter(({ family }) => family !== must.spell.family) }),
      })
    else if ('lock' in must)
      parts.push({
        demand: { kind: 'LOCK', item: must.lock.item, candidateCount },
        without: (now) => ({ ...now, locked: now.locked.filter(({ item }) => item !== must.lock.item) }),
      })
    else
      parts.push({
        demand: { kind: 'FLOOR', place: must.floor, armor: must.armor, candidateCount },
        without: (now) => ({
          ...now,
          floors: Object.fromEntries(Object.entries(now.floors).filter(([place]) => place !== must.floor)),
        }),
      })
  }
  for (const set of wishes.sets) {
    if (!set.pieces) continue
    const candidateCount = new Set([...problem.item].filter((item) => kept[item]!.setId === set.id)).size
    parts.push({
      demand: { kind: 'SET', setId: set.id, pieces: set.pieces, candidateCount },
      without: (now) => ({ ...now, sets: now.sets.map((one) => (one.id === set.id ? { ...one, pieces: 0 } : one)) }),
    })
  }
  const isHopeless = ({ demand }: Part) => demand.candidateCount < (demand.kind === 'SET' ? demand.pieces : 1)
  return [...parts.filter((part) => !isHopeless(part)), ...parts.filter(isHopeless)]
}
