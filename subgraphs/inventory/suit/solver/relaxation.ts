import { Coverings, MAX_COVERINGS } from './coverings.ts'
import { BODY_PLACES, limitsOf, NEVER, PLACES, waysOf, type Limit, type Problem } from './problem.ts'
import { SetCounts } from './set-counts.ts'

/** Limit of items with a multiplier: the first ones that were taken more than once. */
const MAX_ITEM_MULTIPLIERS = 64

/** The placements that may still stand at each place; one over several places stands in the list of each. */
export type Lists = readonly (readonly number[])[]

/**
 * The Lagrangian relaxation. It drops two rules: each bit counts once, and each item is worn once. Instead each bit has
 * a multiplier that every item with it earns, and an item may have a multiplier that it costs. Then each place takes
 * its best item independently, and the places of the body agree only on which item covers what and on how many pieces
 * of each set they wear. A dynamic program goes over the places one by one; its state is which later places are covered
 * already (`coverings.ts`) and how many pieces of each set are worn.
 */
export class Relaxation {
  /** The reduced score of each placement: its score with the multipliers applied. */
  readonly reducedScore: Float64Array
  /** The placements of the last solution: a place takes up to its capacity, an item perhaps more than once. */
  readonly taken: number[] = []
  /** The value of the body, and of the last item of each place: for the loss of taking another instead. */
  private body = 0
  private readonly last = new Float64Array(PLACES)
  private readonly problem: Problem
  private readonly coverings: Coverings
  private readonly ways: ReadonlyMap<number, readonly number[]>
  /** Index of the next item multiplier. */
  private nextItemMultiplier: number
  readonly limits: readonly Limit[]
  /** By placement: the index of the multiplier of its item, -1 if it has none. */
  readonly itemMultiplierOf: Int32Array
  /** Number of multipliers: of bits, then of limits, then of items. */
  readonly multipliers: number
  /** By shape and set, at `shape * 3 + set`: the best of it, and the worth of the rest of the body beside it. */
  private readonly best: Float64Array
  private readonly which: Int32Array
  private readonly rest: Float64Array
  /** By step, covering and counts: the most on the way there and from there on; and how it got there. */
  private readonly forward: Float64Array[]
  private readonly backward: Float64Array[]
  private readonly cameFrom: Int32Array[]
  private readonly cameWith: Int32Array[]
  /** Coverings by step: whether they are reachable; whether they are dominated, and so empty. */
  private readonly reached = new Uint8Array((BODY_PLACES + 1) * MAX_COVERINGS)
  private readonly isEmpty = new Uint8Array((BODY_PLACES + 1) * MAX_COVERINGS)
  private readonly isBeaten: Uint8Array
  private readonly counts: SetCounts

  constructor(problem: Problem) {
    this.problem = problem
    this.reducedScore = new Float64Array(problem.size)
    this.coverings = new Coverings(problem)
    this.limits = limitsOf(problem)
    this.itemMultiplierOf = new Int32Array(problem.size).fill(-1)
    this.nextItemMultiplier = problem.worth.length + this.limits.length
    this.multipliers = this.nextItemMultiplier + MAX_ITEM_MULTIPLIERS
    this.ways = waysOf(problem)
    const { shapes, steps } = this.coverings
    this.best = new Float64Array(shapes * 3)
    this.which = new Int32Array(shapes * 3)
    this.rest = new Float64Array(shapes * 3)
    this.isBeaten = new Uint8Array(shapes * 3)
    this.counts = new SetCounts(problem)
    const { states } = this.counts
    const sizes = [...steps.map(({ coverings }) => coverings * states), states]
    this.forward = sizes.map((size) => new Float64Array(size))
    this.backward = sizes.map((size) => new Float64Array(size))
    this.cameFrom = sizes.map((size) => new Int32Array(size))
    this.cameWith = sizes.map((size) => new Int32Array(size))
  }

  /** Computes the reduced scores of open places. Bits that are had add nothing; what counts towards a limit costs. */
  applyMultipliers(lists: Lists, open: Int8Array, multipliers: Float64Array, has: Uint8Array): void {
    const { score, bitsFrom, bits } = this.problem
    const { firstOf } = this.coverings
    const { itemMultiplierOf, limits, reducedScore } = this
    const count = this.problem.worth.length
    for (let place = 0; place < PLACES; place++) {
      if (!open[place]) continue
      const list = lists[place]!
      for (let n = 0; n < list.length; n++) {
        const p = list[n]!
        if (firstOf[p] !== place) continue
        let worth = score[p]!
        for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) {
          const bit = bits[i]!
          if (!has[bit]) worth += multipliers[bit]!
        }
        for (let k = 0; k < limits.length; k++) if (limits[k]!.counts[p]) worth -= multipliers[count + k]!
        if (itemMultiplierOf[p]! >= 0) worth -= multipliers[itemMultiplierOf[p]!]!
        reducedScore[p] = worth
      }
    }
  }

  /** Upper bound of what the open places can add; -Infinity when the sets are infeasible. */
  solve(lists: Lists, open: Int8Array, first: number, second: number): number {
    this.taken.length = 0
    this.best.fill(NEVER)
    this.which.fill(-1)
    let total = 0
    for (let place = 0; place < PLACES; place++) {
      if (!open[place]) continue
      if (place < BODY_PLACES) this.bestOf(place, lists[place]!)
      else total += this.topOf(place, lists[place]!, open[place]!)
    }
    const end = this.sweep(first, second)
    if (end < 0) return -Infinity
    this.readBack(end)
    this.addItemMultipliers()
    return total + this.body
  }

  /** Makes `lossOf` ready for the lists solved last. */
  lookBack(): void {
    const { best, rest } = this
    const { states, gain, next: nextBy } = this.counts
    const { steps } = this.coverings
    this.backward[steps.length]!.set(gain)
    rest.fill(NEVER)
    for (let i = steps.length - 1; i >= 0; i--) {
      const here = this.backward[i]!.fill(NEVER)
      const after = this.backward[i + 1]!
      const before = this.forward[i]!
      const { moves } = steps[i]!
      for (let k = 0; k < moves.length; k += 3) {
        if (!this.reached[i * MAX_COVERINGS + moves[k]!]) continue
        const from = moves[k]! * states
        const on = moves[k + 1]! * states
        const shape = moves[k + 2]!
        if (shape < 0) {
          for (let at = 0; at < states; at++) here[from + at] = Math.max(here[from + at]!, after[on + at]!)
          continue
        }
        const isWide = shape >= BODY_PLACES
        for (let set = 0; set < 3; set++) {
          const worth = !isWide && set === 0 ? Math.max(0, best[shape * 3]!) : best[shape * 3 + set]!
          if (worth <= NEVER / 2 && isWide) continue
          const next = nextBy[set]!
          let most = rest[shape * 3 + set]!
          for (let at = 0; at < states; at++) {
            const then = after[on + next[at]!]!
            if (worth + then > here[from + at]!) here[from + at] = worth + then
            if (before[from + at]! + then > most) most = before[from + at]! + then
          }
          rest[shape * 3 + set] = most
        }
      }
    }
  }

  /** By how much the most falls, at least, when a placement is taken. */
  lossOf(p: number, place: number): number {
    if (place >= BODY_PLACES) return this.last[place]! - this.reducedScore[p]!
    const rest = this.rest[this.coverings.shapeOf[p]! * 3 + this.problem.set[p]!]!
    return rest <= NEVER / 2 ? Infinity : this.body - rest - this.reducedScore[p]!
  }

  /** The same when a place takes nothing more. */
  lossOfNone(place: number): number {
    if (place >= BODY_PLACES) return this.last[place]!
    const rest = this.rest[place * 3]!
    return rest <= NEVER / 2 ? Infinity : this.body - rest
  }

  private bestOf(place: number, list: readonly number[]): void {
    const { best, which, reducedScore } = this
    const { firstOf, shapeOf } = this.coverings
    const { set } = this.problem
    for (let n = 0; n < list.length; n++) {
      const p = list[n]!
      if (firstOf[p] !== place) continue
      const at = shapeOf[p]! * 3 + set[p]!
      if (reducedScore[p]! <= best[at]!) continue
      best[at] = reducedScore[p]!
      which[at] = p
    }
  }

  private topOf(place: number, list: readonly number[], room: number): number {
    const { reducedScore } = this
    let first = 0
    let second = 0
    let whichFirst = -1
    let whichSecond = -1
    for (let k = 0; k < list.length; k++) {
      const p = list[k]!
      const worth = reducedScore[p]!
      if (worth <= second) continue
      if (worth <= first) {
        second = worth
        whichSecond = p
        continue
      }
      second = first
      whichSecond = whichFirst
      first = worth
      whichFirst = p
    }
    this.last[place] = room > 1 ? second : first
    if (whichFirst >= 0) this.taken.push(whichFirst)
    if (room > 1 && whichSecond >= 0) this.taken.push(whichSecond)
    return room > 1 ? first + second : first
  }

  /** Goes over the parts of the body, by coverings and counts of set pieces. The best end; -1 for none. */
  // eslint-disable-next-line max-lines-per-function -- one dynamic program over a dozen shared arrays
  private sweep(first: number, second: number): number {
    const { which } = this
    const { states, most, gain, next: nextBy } = this.counts
    const { steps } = this.coverings
    const [mostA, mostB] = most
    const { reached, isEmpty } = this
    reached.fill(0)
    reached[0] = 1
    isEmpty.fill(1)
    isEmpty[0] = 0
    this.coverings.weigh(this.best, this.isBeaten)
    this.forward[0]!.fill(NEVER)
    const [startA, startB] = [Math.min(first, mostA), Math.min(second, mostB)]
    const width = mostB + 1
    this.forward[0]![startA * width + startB] = 0
    for (let i = 0; i < steps.length; i++) {
      const from = this.forward[i]!
      const to = this.forward[i + 1]!.fill(NEVER)
      const cameFrom = this.cameFrom[i + 1]!
      const cameWith = this.cameWith[i + 1]!
      const { moves } = steps[i]!
      const here = i * MAX_COVERINGS
      const there = here + MAX_COVERINGS
      for (let k = 0; k < moves.length; k += 3) {
        if (!reached[here + moves[k]!]) continue
        const source = moves[k]! * states
        const target = moves[k + 1]! * states
        const shape = moves[k + 2]!
        const isWide = shape >= BODY_PLACES
        for (let set = 0; set < (shape < 0 ? 1 : 3); set++) {
          const best = shape < 0 ? 0 : this.best[shape * 3 + set]!
          // Of no set is at least nothing at all, where one part is gone over.
          const isNothing = !isWide && set === 0 && best <= 0
          const worth = isNothing ? 0 : best
          if (worth <= NEVER / 2) continue
          reached[there + moves[k + 1]!] = 1
          if (isEmpty[here + moves[k]!] || (isWide && this.isBeaten[shape * 3 + set])) continue
          isEmpty[there + moves[k + 1]!] = 0
          const p = isNothing ? -1 : which[shape * 3 + set]!
          const next = nextBy[set]!
          // After i steps there are at most i pieces more than in the beginning.
          for (let a = startA; a <= mostA && a <= startA + i; a++)
            for (let b = startB, end = Math.min(mostB, startB + i - (a - startA)); b <= end; b++) {
              const at = a * width + b
              const now = from[source + at]! + worth
              const then = target + next[at]!
              if (now <= to[then]!) continue
              to[then] = now
              cameFrom[then] = source + at
              cameWith[then] = p
            }
        }
      }
    }
    let end = -1
    this.body = NEVER / 2
    const ends = this.forward[steps.length]!
    for (let at = 0; at < states; at++) {
      const worth = ends[at]! + gain[at]!
      if (worth > this.body) [this.body, end] = [worth, at]
    }
    return end
  }

  /** Items taken more than once get a multiplier of their own, as long as there is room. */
  private addItemMultipliers(): void {
    const { taken, itemMultiplierOf } = this
    const { item } = this.problem
    for (let i = 0; i < taken.length; i++) {
      if (itemMultiplierOf[taken[i]!]! >= 0 || this.nextItemMultiplier === this.multipliers) continue
      for (let j = i + 1; j < taken.length; j++) {
        if (item[taken[i]!] !== item[taken[j]!]) continue
        for (const p of this.ways.get(item[taken[i]!]!)!) itemMultiplierOf[p] = this.nextItemMultiplier
        this.nextItemMultiplier++
        break
      }
    }
  }

  /** What was taken on the way to the best end. */
  private readBack(end: number): void {
    let at = end
    for (let i = this.coverings.steps.length; i > 0; i--) {
      const p = this.cameWith[i]![at]!
      if (p >= 0) this.taken.push(p)
      at = this.cameFrom[i]![at]!
    }
  }
}
