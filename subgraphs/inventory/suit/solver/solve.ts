import { only, undominated } from './dominance.ts'
import { Incumbents } from './incumbent.ts'
import { minimizeBound } from './multipliers.ts'
import { NEVER, obeysSideRules, PLACES, valueOf, type Problem } from './problem.ts'
import { Relaxation, type Lists } from './relaxation.ts'
import { Search, type Node } from './search.ts'

/**
 * OPTIMAL: nothing is better, and that is proved. STOPPED: time was up. INFEASIBLE: there is no such suit, proved too.
 */
export type Status = 'OPTIMAL' | 'STOPPED' | 'INFEASIBLE'

export interface Solution {
  status: Status
  /** The placements of the best suit found; null without one. */
  chosen: readonly number[] | null
  value: number
  /** No suit is worth more. Equal to the value when that is proved. */
  bound: number
  /** Parts of all suits that were looked at. */
  nodes: number
  /** The multipliers at the root: a start for a problem that is nearly the same. */
  multipliers: Float64Array
}

export interface Asked {
  /** Asked now and then; true ends the search. */
  isOver?: () => boolean
  /** Each suit better than those before, with what is still possible. */
  better?: (chosen: readonly number[], value: number, bound: number) => void
  /** What is still possible, each time it becomes less. */
  narrower?: (bound: number) => void
  /**
   * A solution of a problem nearly the same: its multipliers, or those of bits alone; and a suit made of placements of
   * this one.
   */
  warm?: { multipliers?: Float64Array | undefined; chosen?: readonly number[] | undefined }
  /** Items that are not to be worn. */
  without?: ReadonlySet<number>
}

const STEPS = { first: [70, 130], again: 150 }
const ROUNDS = { reducedScore: 2, again: 2, warm: 1 }
const MAX_FIXINGS = 6

/** Finds the best suit, and proves that there is no better one. Deterministic but for the time it is given. */
export function solve(whole: Problem, asked: Asked = {}): Solution {
  const { without, better, warm } = asked
  const again = warm?.chosen?.filter((p) => !without?.has(whole.item[p]!)) ?? []
  const kept = undominated(whole, without, again)
  const numberOf = new Map(kept.map((p, n) => [p, n]))
  const back = (chosen: readonly number[]) => chosen.map((n) => kept[n]!)
  const solution = solveAll(only(whole, kept), {
    ...asked,
    ...(better ? { better: (chosen, value, bound) => better(back(chosen), value, bound) } : {}),
    ...(warm ? { warm: { ...warm, chosen: again.map((p) => numberOf.get(p)!) } } : {}),
  })
  return { ...solution, chosen: solution.chosen && back(solution.chosen) }
}

/** The same where every placement is looked at. */
// eslint-disable-next-line max-lines-per-function -- the phases share the incumbent and its bound
function solveAll(problem: Problem, asked: Asked): Solution {
  let best = NEVER
  let chosen: readonly number[] | null = null
  let bound = Infinity
  const isOver = asked.isOver ?? (() => false)
  const found = (suit: readonly number[]) => {
    const value = valueOf(problem, suit)
    if (value <= best || !obeysSideRules(problem, suit)) return
    best = value
    chosen = [...suit]
    if (best >= problem.least) asked.better?.(chosen, best, Math.max(bound, best))
  }
  const enough = () => Math.max(best, problem.least - 1)
  const atMost = (most: number) => {
    if (most >= bound) return
    bound = Math.max(most, enough())
    asked.narrower?.(bound)
  }

  const relaxation = new Relaxation(problem)
  const search = new Search(problem, relaxation, { best: enough, found, isOver, atMost })
  const incumbents = new Incumbents(problem, relaxation, found, isOver)
  // What no suit may be without is worth so much that half of it would be no guess at all.
  const dear = problem.worth.reduce((sum, worth) => sum + worth, 0) / PLACES
  const before = asked.warm?.multipliers
  const isWarm =
    before !== undefined && (before.length === problem.worth.length || before.length === relaxation.multipliers)
  const multipliers = new Float64Array(relaxation.multipliers)
  if (isWarm) multipliers.set(before)
  problem.worth.forEach(
    (worth, bit) =>
      (multipliers[bit] = isWarm ? Math.min(multipliers[bit]!, worth) : Math.floor(Math.min(worth / 2, dear))),
  )
  let root = search.begin(listsOf(problem), multipliers)
  if (asked.warm?.chosen?.length) incumbents.refine([...asked.warm.chosen], root.lists)

  const descend = (node: Node, steps: number): number => {
    const more = enough() - node.base
    const target = enough() > NEVER / 2 ? more : null
    return (
      node.base + minimizeBound(problem, relaxation, { ...node, ...search.worn, enough: more, target, steps, isOver })
    )
  }
  const fix = () => {
    const most = search.bound(root)
    atMost(most)
    root = { ...root, lists: search.worthwhile(root, most) }
  }
  if (!isWarm || best <= NEVER / 2) incumbents.begin(root.lists, multipliers)
  // Changing two pieces at a time is dear while the lists are long: first the bound makes them short.
  for (const steps of STEPS.first) {
    atMost(descend(root, steps))
    if (bound <= enough()) break
    fix()
    if (steps !== STEPS.first.at(-1)) incumbents.make(root.lists, multipliers, 1)
  }
  if (bound > enough()) incumbents.make(root.lists, multipliers, isWarm ? ROUNDS.warm : ROUNDS.reducedScore)
  const rootMultipliers = Float64Array.from(multipliers)

  for (let k = 0; k < MAX_FIXINGS && bound > enough() && !isOver(); k++) {
    const before = sizeOf(root.lists)
    fix()
    if (sizeOf(root.lists) >= before * 0.98) break
    atMost(descend(root, STEPS.again))
    incumbents.make(root.lists, multipliers, ROUNDS.again)
  }
  const left = bound > enough() ? search.visit(root) : -Infinity
  const { nodes } = search
  if (best < problem.least || chosen === null) {
    if (left <= enough())
      return { status: 'INFEASIBLE', chosen: null, value: NEVER, bound: NEVER, nodes, multipliers: rootMultipliers }
    return {
      status: 'STOPPED',
      chosen: null,
      value: NEVER,
      bound: Math.min(bound, left),
      nodes,
      multipliers: rootMultipliers,
    }
  }
  bound = Math.max(best, Math.min(bound, left))
  if (bound === best) asked.narrower?.(best)
  const status = bound === best ? 'OPTIMAL' : 'STOPPED'
  return { status, chosen, value: best, bound, nodes, multipliers: rootMultipliers }
}

function listsOf({ size, places }: Problem): Lists {
  const lists: number[][] = Array.from({ length: PLACES }, () => [])
  for (let p = 0; p < size; p++) for (const place of places[p]!) lists[place]!.push(p)
  return lists
}

const sizeOf = (lists: Lists): number => lists.reduce((sum, list) => sum + list.length, 0)
