import { type Problem } from './problem.ts'
import type { Lists, Relaxation } from './relaxation.ts'

export interface Descent {
  lists: Lists
  open: Int8Array
  /** Pieces of each set worn already. */
  first: number
  second: number
  /** Bits had already. */
  has: Uint8Array
  /** Changed to the best prices found. */
  prices: Float64Array
  /** Below this much there is nothing to find: then it ends. */
  enough: number
  /** What is expected to be reached; steps are as long as this is far. */
  target: number | null
  steps: number
}

/**
 * Moves the prices of bits so that what a suit could add at most becomes as little as can be: a bit brought more than once
 * gets cheaper, one not brought gets dearer, never more than it is worth (a subgradient descent). Prices are whole, so the
 * result is exact. Gives the least found; -Infinity when the sets cannot be had.
 */
export function lower(problem: Problem, relaxation: Relaxation, descent: Descent): number {
  const { places, bitsFrom, bits, worth } = problem
  const { lists, open, first, second, has, prices, enough, target, steps } = descent
  const count = worth.length
  const least = Float64Array.from(prices)
  const brought = new Int16Array(count)
  const patience = steps > 100 ? 15 : 4
  let most = Infinity
  let length = 1
  let inVain = 0
  for (let step = 0; step < steps; step++) {
    relaxation.price(lists, open, prices, has)
    let value = relaxation.solve(lists, open, first, second)
    if (value === -Infinity) return value
    for (let bit = 0; bit < count; bit++) if (!has[bit]) value += worth[bit]! - prices[bit]!
    if (value < most) {
      most = value
      least.set(prices)
      inVain = 0
    } else if (++inVain >= patience) {
      length *= 0.6
      inVain = 0
    }
    if (most <= enough) break

    brought.fill(0)
    for (const p of relaxation.taken)
      for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) {
        if (places[p]!.length === 1) brought[bits[i]!]!++
        else if (!brought[bits[i]!]) brought[bits[i]!] = 1
      }
    let norm = 0
    for (let bit = 0; bit < count; bit++) {
      if (has[bit]) continue
      const excess = brought[bit]! - 1
      if ((excess < 0 && prices[bit]! >= worth[bit]!) || (excess > 0 && prices[bit]! <= 0)) continue
      norm += excess * excess
    }
    if (norm === 0) break
    const far = Math.max(target === null ? value * 0.05 : value - target, 1)
    const stride = (length * far) / norm
    for (let bit = 0; bit < count; bit++) {
      if (has[bit]) continue
      const price = Math.round(prices[bit]! - stride * (brought[bit]! - 1))
      prices[bit] = Math.min(Math.max(price, 0), worth[bit]!)
    }
  }
  prices.set(least)
  return most
}
