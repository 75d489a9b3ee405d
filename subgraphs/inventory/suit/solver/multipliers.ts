import { type Problem } from './problem.ts'
import type { Lists, Relaxation } from './relaxation.ts'

export interface Descent {
  lists: Lists
  open: Int8Array
  /** Pieces of each set worn already. */
  first: number
  second: number
  /** 1 for bits had already and items worn already, in the order of multipliers. */
  has: Uint8Array
  /** How many more pieces each limit allows. */
  left: Int32Array
  /** Changed to the best multipliers found. */
  multipliers: Float64Array
  /** Ends once the bound is this low: there is nothing better to find. */
  enough: number
  /** The expected optimum; the step length follows the distance to it. */
  target: number | null
  steps: number
  isOver: () => boolean
}

/** The constant term of the bound: the worth of bits beyond their multipliers, and the cost of limits and items. */
export function constantTerm(
  { worth }: Problem,
  { multipliers, has, left }: Pick<Descent, 'multipliers' | 'has' | 'left'>,
): number {
  let sum = 0
  const items = worth.length + left.length
  for (let bit = 0; bit < worth.length; bit++) if (!has[bit]) sum += worth[bit]! - multipliers[bit]!
  for (let k = 0; k < left.length; k++) sum += left[k]! * multipliers[worth.length + k]!
  for (let item = items; item < multipliers.length; item++) if (!has[item]) sum += multipliers[item]!
  return sum
}

/**
 * The subgradient, written to `violation`: by how much the relaxed solution supplies each bit too often, and what it
 * leaves of each limit and item. Returns the sum of squares of the components that can still move.
 */
export function writeViolations(
  { bitsFrom, bits, worth }: Problem,
  { limits, taken, itemMultiplierOf }: Relaxation,
  { has, left, multipliers }: Pick<Descent, 'multipliers' | 'has' | 'left'>,
  violation: Int16Array,
): number {
  violation.fill(-1, 0, worth.length).fill(1, worth.length)
  for (const p of taken) {
    for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) violation[bits[i]!]!++
    if (itemMultiplierOf[p]! >= 0) violation[itemMultiplierOf[p]!]!--
  }
  for (let k = 0; k < limits.length; k++)
    violation[worth.length + k] = left[k]! - taken.reduce((sum, p) => sum + limits[k]!.counts[p]!, 0)
  let norm = 0
  for (let bit = 0; bit < violation.length; bit++) {
    if (has[bit]) violation[bit] = 0
    const much = violation[bit]!
    if ((much < 0 && multipliers[bit]! >= (worth[bit] ?? Infinity)) || (much > 0 && multipliers[bit]! <= 0)) continue
    norm += much * much
  }
  return norm
}

/** Moves the multipliers against the violation, within their range. */
export function shift(
  { worth }: Problem,
  multipliers: Float64Array,
  violation: Int16Array | Float64Array,
  stride: number,
): void {
  for (let bit = 0; bit < multipliers.length; bit++) {
    if (!violation[bit]) continue
    const multiplier = Math.round(multipliers[bit]! - stride * violation[bit]!)
    multipliers[bit] = Math.min(Math.max(multiplier, 0), worth[bit] ?? Infinity)
  }
}

/**
 * Deflects the direction towards the current subgradient: oscillation evens out, constant components add up. Returns
 * the sum of squares of the direction.
 */
function deflect(
  { worth }: Problem,
  multipliers: Float64Array,
  violation: Int16Array,
  direction: Float64Array,
  kept: number,
) {
  let norm = 0
  for (let bit = 0; bit < direction.length; bit++) {
    const much = violation[bit]!
    const isAtEnd = much < 0 ? multipliers[bit]! >= (worth[bit] ?? Infinity) : multipliers[bit]! <= 0
    const now = kept * direction[bit]! + (isAtEnd ? 0 : much)
    direction[bit] = now
    norm += now * now
  }
  return norm
}

/** The share of the previous direction kept at each step: with many steps, with few. */
const KEPT = { many: 0.8, few: 0.6 }

/**
 * Minimises the upper bound over the multipliers by deflected subgradient descent. The multiplier of a bit falls while
 * the bit is supplied more than once, and rises, up to its worth, while it is not; that of a limit rises while it is
 * exceeded, that of an item while the item is taken more than once. Multipliers are whole numbers, so the bound is
 * exact. Returns the least bound found; -Infinity when the sets are infeasible.
 */
export function minimizeBound(problem: Problem, relaxation: Relaxation, descent: Descent): number {
  const { lists, open, first, second, has, left, multipliers, enough, target, steps, isOver } = descent
  const least = Float64Array.from(multipliers)
  const violation = new Int16Array(multipliers.length)
  const direction = new Float64Array(multipliers.length)
  const patience = steps > 100 ? 10 : 4
  const kept = steps > 20 ? KEPT.many : KEPT.few
  let most = Infinity
  let length = 1
  let withoutProgress = 0
  for (let step = 0; step < steps; step++) {
    relaxation.applyMultipliers(lists, open, multipliers, has)
    let value = relaxation.solve(lists, open, first, second)
    if (value === -Infinity) return value
    value += constantTerm(problem, { multipliers, has, left })
    if (value < most) {
      most = value
      least.set(multipliers)
      withoutProgress = 0
    } else if (++withoutProgress >= patience) {
      length *= 0.7
      withoutProgress = 0
    }
    if (most <= enough || isOver()) break

    if (writeViolations(problem, relaxation, descent, violation) === 0) break
    const norm = deflect(problem, multipliers, violation, direction, kept)
    if (norm === 0) continue // the direction left the feasible range: the next step has another
    const far = Math.max(target === null ? value * 0.05 : value - target, 1)
    shift(problem, multipliers, direction, (length * far) / norm)
  }
  multipliers.set(least)
  return most
}
