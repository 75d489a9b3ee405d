import type { Candidate } from './candidate.ts'
import { HUNDREDTHS } from './cantrip-bits.ts'
import { compile, type Compiled, type Unlike } from './compile.ts'
import { conflictOf, type Conflict } from './conflict.ts'
import { valueOf } from './solver/problem.ts'
import { solve, type Asked, type Status } from './solver/solve.ts'
import { faultsOf, scoreOf, type Piece, type Score } from './verify.ts'
import type { Wishes } from './wishes.ts'

export interface Suit {
  pieces: readonly Piece[]
  score: Score
}

export interface SuitAnswer {
  status: Status
  suit: Suit | null
  /** No suit is worth more, in points; null when none is possible. */
  bound: number | null
  /** Why there is none. */
  conflict: Conflict | null
  /** Parts of all suits that were looked at. */
  nodes: number
  candidates: number
  /** A start for a question that is nearly the same. */
  warm: Warm
}

export interface Warm {
  multipliers: Float64Array
  items: readonly { id: string; places: string }[]
}

export interface SuitAsked {
  isOver?: () => boolean
  better?: (suit: Suit, bound: number | null) => void
  narrower?: (bound: number) => void
  warm?: Warm | undefined
  unlike?: readonly Unlike[]
}

/** The best suit there is for these wishes, proved; or the best found until `isOver`, with what is still possible. */
export function bestSuit(candidates: readonly Candidate[], wishes: Wishes, asked: SuitAsked = {}): SuitAnswer {
  const { isOver, warm } = asked
  const compiled = compile(candidates, wishes, asked.unlike)
  const { problem, due } = compiled
  const points = (value: number) => (value - due) / HUNDREDTHS
  const withWarmStart: Asked = {
    ...(isOver ? { isOver } : {}),
    better: (chosen, _, bound) =>
      asked.better?.(suitOf(compiled, chosen, wishes), Number.isFinite(bound) ? points(bound) : null),
    narrower: (bound) => asked.narrower?.(points(bound)),
    warm: warm && { multipliers: warm.multipliers, chosen: sameAgain(compiled, warm) },
  }
  const { status, chosen, bound, nodes, multipliers } = solve(problem, withWarmStart)
  const answer = {
    nodes,
    candidates: compiled.candidates.length,
    // Multipliers of bits alone: other candidates have other ways to be worn.
    warm: { multipliers: multipliers.slice(0, problem.worth.length), items: itemsOf(compiled, chosen ?? []) },
  }
  if (status === 'INFEASIBLE')
    return {
      ...answer,
      status: 'INFEASIBLE',
      suit: null,
      bound: null,
      conflict: conflictOf(candidates, wishes, isOver),
    }
  const suit = chosen ? suitOf(compiled, chosen, wishes) : null
  if (suit) check(suit, wishes, points(valueOf(problem, chosen!)))
  return { ...answer, status, suit, bound: Number.isFinite(bound) ? points(bound) : null, conflict: null }
}

export function suitOf({ ways, problem, candidates }: Compiled, chosen: readonly number[], wishes: Wishes): Suit {
  const pieces = [...chosen]
    .sort((a, b) => problem.places[a]![0]! - problem.places[b]![0]!)
    .map((p): Piece => ({ candidate: candidates[problem.item[p]!]!, ...ways[p]! }))
  return { pieces, score: scoreOf(pieces, wishes) }
}

/** A suit that is not as wished, or not worth what was claimed, is our fault: better no answer. */
export function check({ pieces, score }: Suit, wishes: Wishes, claimed: number): void {
  const faults = faultsOf(pieces, wishes)
  if (faults.length) throw new Error(`The suit is not as wished: ${faults.join('; ')}`)
  if (Math.round(claimed * HUNDREDTHS) !== Math.round(score.total * HUNDREDTHS))
    throw new Error(`The suit is worth ${score.total} and not ${claimed}`)
}

const itemsOf = ({ problem, candidates, ways }: Compiled, chosen: readonly number[]) =>
  chosen.map((p) => ({ id: candidates[problem.item[p]!]!.id, places: ways[p]!.places.join() }))

/** The placements of a suit known from before, as far as they still are. */
function sameAgain({ problem, candidates, ways }: Compiled, { items }: Warm): number[] {
  const wanted = new Map(items.map(({ id, places }) => [id, places]))
  const again: number[] = []
  let number = -1
  let worn: string | undefined
  for (let p = 0; p < problem.size; p++) {
    if (problem.item[p] !== number) {
      number = problem.item[p]!
      worn = wanted.get(candidates[number]!.id)
    }
    if (worn !== undefined && ways[p]!.places.join() === worn) again.push(p)
  }
  return again
}
