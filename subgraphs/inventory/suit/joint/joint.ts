import { conflictOf, type Conflict } from '../conflict.ts'
import { HUNDREDTHS } from '../cantrip-bits.ts'
import type { Status } from '../solver/solve.ts'
import { check, suitOf, type Suit } from '../suit.ts'
import { Part, type PartAnswer, type Wearer } from './part.ts'
import { JointSearch } from './search.ts'

const TENTHS = 10

export interface JointAnswer {
  status: Status
  /** One for each wearer, in their order; null without any. */
  suits: readonly Suit[] | null
  /** Points of all suits, each times its weight. */
  total: number | null
  /** All suits together are never worth more; null when they are impossible. */
  bound: number | null
  /** Why there are none: of each wearer that could not be dressed alone. */
  conflicts: readonly { wearer: number; conflict: Conflict }[]
  nodes: number
}

export interface JointBounds {
  isOver?: () => boolean
  better?: (suits: readonly Suit[], total: number, bound: number | null) => void
  narrower?: (bound: number) => void
}

/**
 * The best suits for several wearers at once, no item worn twice, by the sum of their points times their weights; or the best
 * found until `isOver`, with what is still possible.
 */
export function bestSuits(wearers: readonly Wearer[], asked: JointBounds = {}): JointAnswer {
  const isOver = asked.isOver ?? (() => false)
  const ids = new Set(wearers.flatMap(({ candidates }) => candidates.map(({ id }) => id)))
  const numberOf = new Map([...ids].map((id, number) => [id, number]))
  const parts = wearers.map((wearer) => new Part(wearer, numberOf))
  const held = wearers.map(({ wishes }) => wishes.locked.flatMap(({ item }) => numberOf.get(item) ?? []))
  const own = wearers.map((_, k) => new Set(held.flatMap((items, other) => (other === k ? [] : items))))
  const points = (value: number) => Math.round((value * HUNDREDTHS) / TENTHS) / (HUNDREDTHS * HUNDREDTHS)
  const dressed = (answers: readonly PartAnswer[]) =>
    answers.map(({ compiled, chosen }, k) => suitOf(compiled, chosen!, wearers[k]!.wishes))
  const search = new JointSearch(parts, numberOf, own, {
    isOver,
    better: (answers, value, bound) => asked.better?.(dressed(answers), points(value), Number.isFinite(bound) ? points(bound) : null), // prettier-ignore
    narrower: (bound) => asked.narrower?.(points(bound)),
  })
  const { status, answers, value, bound, nodes } = search.run()
  if (status === 'INFEASIBLE') return { status, suits: null, total: null, bound: null, nodes, conflicts: conflictsOf(wearers, parts, isOver) } // prettier-ignore
  const suits = answers && dressed(answers)
  suits?.forEach((suit, k) => check(suit, wearers[k]!.wishes, answers![k]!.worth / wearers[k]!.weight / HUNDREDTHS))
  if (suits) checkApart(suits)
  return {
    status,
    suits,
    total: suits && points(value),
    bound: Number.isFinite(bound) ? points(bound) : null,
    nodes,
    conflicts: [],
  }
}

function checkApart(suits: readonly Suit[]): void {
  const ids = suits.flatMap(({ pieces }) => pieces.map(({ candidate }) => candidate.id))
  if (new Set(ids).size < ids.length) throw new Error('Two suits wear the same item')
}

const conflictsOf = (wearers: readonly Wearer[], parts: readonly Part[], isOver: () => boolean) =>
  wearers.flatMap(
    ({ candidates, wishes }, wearer) =>
    parts[wearer]!.best(new Map(), new Set(), isOver) ? [] : [{ wearer, conflict: conflictOf(candidates, wishes, isOver) }], // prettier-ignore
  )
