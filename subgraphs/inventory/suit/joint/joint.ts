import { HUNDREDTHS } from '../cantrip-bits.ts'
import type { Status } from '../solver/solve.ts'
import { check, suitOf, type Suit } from '../suit.ts'
import { jointConflictsOf, jointPoints, searchFor, type JointConflict } from './conflict.ts'
import type { PartAnswer, Wearer } from './part.ts'

export interface JointAnswer {
  status: Status
  /** One for each wearer, in their order; null without any. */
  suits: readonly Suit[] | null
  /** Points of all suits, each times its weight. */
  total: number | null
  /** All suits together are never worth more; null when they are impossible. */
  bound: number | null
  /** Why there are none. */
  conflicts: readonly JointConflict[]
  nodes: number
}

export interface JointBounds {
  isOver?: () => boolean
  better?: (suits: readonly Suit[], total: number, bound: number | null) => void
  narrower?: (bound: number) => void
}

/**
 * The best suits for several wearers at once, no item worn twice, by the sum of their points times their weights; or
 * the best found until `isOver`, with what is still possible.
 */
export function bestSuits(wearers: readonly Wearer[], asked: JointBounds = {}): JointAnswer {
  const isOver = asked.isOver ?? (() => false)
  const dressed = (answers: readonly PartAnswer[]) =>
    answers.map(({ compiled, chosen }, k) => suitOf(compiled, chosen!, wearers[k]!.wishes))
  const { parts, search } = searchFor(wearers, {
    isOver,
    better: (answers, value, bound) =>
      asked.better?.(dressed(answers), jointPoints(value), Number.isFinite(bound) ? jointPoints(bound) : null),
    narrower: (bound) => asked.narrower?.(jointPoints(bound)),
  })
  const { status, answers, value, bound, nodes } = search.run()
  if (status === 'INFEASIBLE')
    return { status, suits: null, total: null, bound: null, nodes, conflicts: jointConflictsOf(wearers, parts, isOver) }
  const suits = answers && dressed(answers)
  suits?.forEach((suit, k) => check(suit, wearers[k]!.wishes, answers![k]!.worth / wearers[k]!.weight / HUNDREDTHS))
  if (suits) checkApart(suits)
  return {
    status,
    suits,
    total: suits && jointPoints(value),
    bound: Number.isFinite(bound) ? jointPoints(bound) : null,
    nodes,
    conflicts: [],
  }
}

function checkApart(suits: readonly Suit[]): void {
  const ids = suits.flatMap(({ pieces }) => pieces.map(({ candidate }) => candidate.id))
  if (new Set(ids).size < ids.length) throw new Error('Two suits wear the same item')
}
