import type { Candidate } from '../candidate.ts'
import { compile, type Compiled } from '../compile.ts'
import { constantTerm, writeViolations, shift } from '../solver/multipliers.ts'
import { MAX_PIECES, NEVER, PLACES, waysOf, type Problem } from '../solver/problem.ts'
import { Relaxation, type Lists } from '../solver/relaxation.ts'
import { solve } from '../solver/solve.ts'
import type { Wishes } from '../wishes.ts'

/** A suit has so many pieces at most. */
const MAX_WORN = 2 * MAX_PIECES

/** One of those who are to wear suits at the same time. */
export interface Wearer {
  candidates: readonly Candidate[]
  wishes: Wishes
  /** What its suit counts, in tenths. */
  weight: number
}

/** A suit for one wearer, with multipliers charged for items. */
export interface PartAnswer {
  /** What the placements are of. */
  compiled: Compiled
  /** The placements; null when time was up before there were any. */
  chosen: readonly number[] | null
  /** The items worn, by their numbers for all wearers. */
  items: readonly number[]
  /** What the suit is worth, weighted; multipliers and demands left out. */
  worth: number
  /** No suit is worth more, multipliers and demands left out. */
  bound: number
}

/** One wearer's part of a joint question: solved again and again, with other multipliers and without other items. */
export class Part {
  readonly compiled: Compiled
  readonly wearer: Wearer
  /** No item costs more: demands stay worth more than anything. */
  readonly maxMultiplier: number
  private readonly problem: Problem
  private readonly numbers: Int32Array
  private readonly local = new Map<number, number>()
  private readonly plain: Float64Array
  private readonly ways: ReadonlyMap<number, readonly number[]>
  private readonly relaxation: Relaxation
  private readonly worn: { has: Uint8Array; left: Int32Array }
  private readonly violation: Int16Array
  private multipliers: Float64Array | undefined
  private last: readonly number[] | undefined

  /** @param numberOf numbers of items that mean the same for all wearers, by id */
  constructor(wearer: Wearer, numberOf: ReadonlyMap<string, number>) {
    const { candidates, wishes, weight } = (this.wearer = wearer)
    this.compiled = compile(candidates, wishes)
    const { problem, rest, due } = this.compiled
    this.maxMultiplier = Math.floor((2 * weight * rest) / MAX_WORN)
    this.numbers = Int32Array.from(this.compiled.candidates, ({ id }) => numberOf.get(id)!)
    this.numbers.forEach((number, item) => this.local.set(number, item))
    this.plain = problem.score.map((score) => score * weight)
    this.problem = {
      ...problem,
      score: Float64Array.from(this.plain),
      worth: problem.worth.map((worth) => worth * weight),
      setGain: problem.setGain.map((gain) => (gain <= NEVER / 2 ? NEVER : gain * weight)),
      least: problem.least <= NEVER ? NEVER : weight * (due - rest) - MAX_WORN * this.maxMultiplier,
    }
    this.ways = waysOf(problem)
    this.relaxation = new Relaxation(this.problem)
    this.worn = {
      has: new Uint8Array(this.relaxation.multipliers),
      left: Int32Array.from(this.relaxation.limits, ({ most }) => most),
    }
    this.violation = new Int16Array(this.relaxation.multipliers)
  }

  /** Whether an item is any use here. */
  holds(number: number): boolean {
    return this.local.has(number)
  }

  /** Multipliers to begin with, or those of bits from a part nearly the same as far as they may be here. */
  bitMultipliers(from?: Float64Array): Float64Array {
    const { worth } = this.problem
    const fair = Math.floor(worth.reduce((sum, one) => sum + one, 0) / PLACES)
    const multipliers = new Float64Array(this.relaxation.multipliers)
    worth.forEach((one, bit) => (multipliers[bit] = Math.min(from?.[bit] ?? Math.min(Math.floor(one / 2), fair), one)))
    return multipliers
  }

  /** All placements but those of some items. */
  listsWithout(without: ReadonlySet<number>): Lists {
    const lists: number[][] = Array.from({ length: PLACES }, () => [])
    const { size, item, places } = this.problem
    for (let p = 0; p < size; p++)
      if (!without.has(this.numbers[item[p]!]!)) for (const place of places[p]!) lists[place]!.push(p)
    return lists
  }

  /**
   * An upper bound of what a suit is worth with these multipliers of items and bits, computed quickly; -Infinity when
   * there is none. What would have to change is read afterwards: `wanted` for items, `norm` and `shift` for bits.
   */
  relaxed(lists: Lists, multipliers: ReadonlyMap<number, number>, bits: Float64Array): number {
    this.pay(multipliers)
    const { relaxation, problem } = this
    relaxation.applyMultipliers(lists, problem.capacity, bits, this.worn.has)
    const most = relaxation.solve(lists, problem.capacity, 0, 0)
    return most + constantTerm(problem, { ...this.worn, multipliers: bits }) - this.compiled.due * this.wearer.weight
  }
  wanted(): number[] {
    return [...new Set(this.relaxation.taken.map((p) => this.numbers[this.problem.item[p]!]!))]
  }
  norm(bits: Float64Array): number {
    return writeViolations(this.problem, this.relaxation, { ...this.worn, multipliers: bits }, this.violation)
  }
  shift(bits: Float64Array, stride: number): void {
    shift(this.problem, bits, this.violation, stride)
  }

  /** The candidates that lose no more than `slack` beside what `relaxed` took last. */
  within(lists: Lists, slack: number): Candidate[] {
    this.relaxation.lookBack()
    const kept = new Set<number>()
    lists.forEach((list, place) => {
      for (const p of list) if (this.relaxation.lossOf(p, place) <= slack) kept.add(this.problem.item[p]!)
    })
    return [...kept].sort((a, b) => a - b).map((item) => this.compiled.candidates[item]!)
  }

  private pay(multipliers: ReadonlyMap<number, number>): void {
    const { problem, plain, local } = this
    problem.score.set(plain)
    for (const [number, multiplier] of multipliers) {
      const item = local.get(number)
      if (item !== undefined) for (const p of this.ways.get(item)!) problem.score[p] = plain[p]! - multiplier
    }
  }

  /** The best suit without some items, where others cost something; null when there is none. */
  best(
    multipliers: ReadonlyMap<number, number>,
    without: ReadonlySet<number>,
    isOver: () => boolean,
  ): PartAnswer | null {
    const { problem, local } = this
    this.pay(multipliers)
    const gone = new Set<number>()
    for (const number of without) if (local.has(number)) gone.add(local.get(number)!)
    const warm = { multipliers: this.multipliers, chosen: this.last }
    const { status, chosen, value, bound, multipliers: found } = solve(problem, { isOver, warm, without: gone })
    if (status === 'INFEASIBLE') return null
    this.multipliers = found
    if (chosen) this.last = chosen
    const due = this.compiled.due * this.wearer.weight
    const items = (chosen ?? []).map((p) => this.numbers[problem.item[p]!]!)
    const paid = items.reduce((sum, number) => sum + (multipliers.get(number) ?? 0), 0)
    return { compiled: this.compiled, chosen, items, worth: chosen ? value - due + paid : NEVER, bound: bound - due }
  }
}
