import { type Problem } from './problem.ts'
import type { Lists, Relaxation } from './relaxation.ts'

export interface Descent {
  lists: Lists
  open: Int8Array
  /** Pieces of each set worn already. */
  first: number
  second: number
  /** 1 for bits had already and items worn already, in the order of prices. */
  has: Uint8Array
  /** How many more pieces each limit allows. */
  left: Int32Array
  /** Changed to the best prices found. */
  prices: Float64Array
  /** Below this much there is nothing to find: then it ends. */
  enough: number
  /** What is expected to be reached; steps are as long as this is far. */
  target: number | null
  steps: number
  isOver: () => boolean
}

/** What a bound adds to what places take: what bits are worth beyond their prices, and what limits and items cost. */
export function apart({ worth }: Problem, { prices, has, left }: Pick<Descent, 'prices' | 'has' | 'left'>): number {
  let sum = 0
  const items = worth.length + left.length
  for (let bit = 0; bit < worth.length; bit++) if (!has[bit]) sum += worth[bit]! - prices[bit]!
  for (let k = 0; k < left.length; k++) sum += left[k]! * prices[worth.length + k]!
  for (let toll = items; toll < prices.length; toll++) if (!has[toll]) sum += prices[toll]!
  return sum
}

/**
 * How much too often what was taken last brings each bit, how much of each limit it leaves, and of each item: written to `excess`. Gives the
 * sum of squares of all that prices can still mend.
 */
export function excesses(
  { bitsFrom, bits, worth }: Problem,
  { limits, taken, tollOf }: Relaxation,
  { has, left, prices }: Pick<Descent, 'prices' | 'has' | 'left'>,
  excess: Int16Array,
): number {
  excess.fill(-1, 0, worth.length).fill(1, worth.length)
  for (const p of taken) {
    for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) excess[bits[i]!]!++
    if (tollOf[p]! >= 0) excess[tollOf[p]!]!--
  }
  for (let k = 0; k < limits.length; k++)
    excess[worth.length + k] = left[k]! - taken.reduce((sum, p) => sum + limits[k]!.counts[p]!, 0)
  let norm = 0
  for (let bit = 0; bit < excess.length; bit++) {
    if (has[bit]) excess[bit] = 0
    const much = excess[bit]!
    if ((much < 0 && prices[bit]! >= (worth[bit] ?? Infinity)) || (much > 0 && prices[bit]! <= 0)) continue
    norm += much * much
  }
  return norm
}

/** Moves prices against the excess, within what they may be. */
export function shift(
  { worth }: Problem,
  prices: Float64Array,
  excess: Int16Array | Float64Array,
  stride: number,
): void {
  for (let bit = 0; bit < prices.length; bit++) {
    if (!excess[bit]) continue
    const price = Math.round(prices[bit]! - stride * excess[bit]!)
    prices[bit] = Math.min(Math.max(price, 0), worth[bit] ?? Infinity)
  }
}

/**
 * Turns the direction prices were moved in towards the excess of now: what swings to and fro from step to step evens out, what stays
 * adds up. Gives the direction's sum of squares.
 */
function turn({ worth }: Problem, prices: Float64Array, excess: Int16Array, direction: Float64Array, kept: number) {
  let norm = 0
  for (let bit = 0; bit < direction.length; bit++) {
    const much = excess[bit]!
    const isAtEnd = much < 0 ? prices[bit]! >= (worth[bit] ?? Infinity) : prices[bit]! <= 0
    const now = kept * direction[bit]! + (isAtEnd ? 0 : much)
    direction[bit] = now
    norm += now * now
  }
  return norm
}

/** How much of the direction before is kept at each step: of many steps, of few. */
const KEPT = { many: 0.8, few: 0.6 }

/**
 * Moves the prices of bits so that what a suit could add at most becomes as little as can be: a bit brought more than once
 * gets cheaper, one not brought gets dearer, never more than it is worth; what counts towards a limit gets dearer while there
 * is too much of it, and an item while it is taken more than once (a subgradient descent with a memory of its direction). Prices are whole, so the result is exact. Gives the least found; -Infinity when the sets cannot be had.
 */
export function lower(problem: Problem, relaxation: Relaxation, descent: Descent): number {
  const { lists, open, first, second, has, left, prices, enough, target, steps, isOver } = descent
  const least = Float64Array.from(prices)
  const excess = new Int16Array(prices.length)
  const direction = new Float64Array(prices.length)
  const patience = steps > 100 ? 10 : 4
  const kept = steps > 20 ? KEPT.many : KEPT.few
  let most = Infinity
  let length = 1
  let inVain = 0
  for (let step = 0; step < steps; step++) {
    relaxation.price(lists, open, prices, has)
    let value = relaxation.solve(lists, open, first, second)
    if (value === -Infinity) return value
    value += apart(problem, { prices, has, left })
    if (value < most) {
      most = value
      least.set(prices)
      inVain = 0
    } else if (++inVain >= patience) {
      length *= 0.7
      inVain = 0
    }
    if (most <= enough || isOver()) break

    if (excesses(problem, relaxation, descent, excess) === 0) break
    const norm = turn(problem, prices, excess, direction, kept)
    if (norm === 0) continue // the direction led out of what prices may be: the next step has another
    const far = Math.max(target === null ? value * 0.05 : value - target, 1)
    shift(problem, prices, direction, (length * far) / norm)
  }
  prices.set(least)
  return most
}
