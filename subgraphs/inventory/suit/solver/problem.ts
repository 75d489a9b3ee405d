/**
 * A suit is worn on so many kinds of places: nine parts of the body, then shirt, pants, neck, wrist, finger, trinket,
 * cloak.
 */
export const PLACES = 16
/** The first places are parts of the body: what covers them counts for sets. */
export const BODY_PLACES = 9
/** Counts of set pieces go up to this: one more than it changes nothing. */
export const MAX_PIECES = 9
/** No suit is worth this little: stands for what is not allowed. */
export const NEVER = -1e15

/**
 * A problem as numbers, all of them whole, so that every bound is exact. A placement is one way to wear one item; a bit
 * is something a suit has once however many of its items bring it, such as "Focus, epic or better".
 */
export interface Problem {
  /** How many placements there are. */
  readonly size: number
  /** Which item a placement wears. All of an item stand together. */
  readonly item: Int32Array
  /** What a placement is worth by itself. */
  readonly score: Float64Array
  /** 1 or 2 when it counts for the first or second set, else 0. */
  readonly set: Uint8Array
  /** The places a placement takes, in order, and the same as bits. */
  readonly places: readonly (readonly number[])[]
  readonly mask: Int32Array
  /** The bits of placement p are `bits[bitsFrom[p]]` up to `bits[bitsFrom[p + 1]]`. */
  readonly bitsFrom: Int32Array
  readonly bits: Int16Array
  /** What each bit is worth. */
  readonly worth: Float64Array
  /** How many items each place takes. */
  readonly capacity: Int8Array
  /** What `first` pieces of the first set and `second` of the second add, at `first * (MAX_PIECES + 1) + second`. */
  readonly setGain: Float64Array
  /** Of all items: who holds it. */
  readonly owner: Int32Array
  /** Whether a placement needs tailoring. */
  readonly tailored: Uint8Array
  readonly mostOwners: number
  readonly mostTailored: number
  /** Suits to differ from: of the items of each at most so many. */
  readonly unlike: readonly { readonly items: ReadonlySet<number>; readonly most: number }[]
  /** Suits worth less are not asked for: they lack what none may be without. NEVER asks for any. */
  readonly least: number
}

/** Beyond this many owners or tailored pieces there is no limit. */
export const NO_LIMIT = 99

/** The ways in which each item can be worn. */
export function waysOf({ size, item }: Problem): ReadonlyMap<number, readonly number[]> {
  const ways = new Map<number, number[]>()
  for (let p = 0; p < size; p++) {
    const own = ways.get(item[p]!)
    if (own) own.push(p)
    else ways.set(item[p]!, [p])
  }
  return ways
}

/** Of some placements a suit has at most so many. */
export interface Limit {
  /** 1 for those that count. */
  readonly counts: Uint8Array
  readonly most: number
}

/** The limits of a problem that are counts of pieces: tailored ones, and those of suits to differ from. */
export function limitsOf({ item, tailored, mostTailored, unlike }: Problem): Limit[] {
  const alike = unlike.map(({ items, most }) => ({
    counts: Uint8Array.from(item, (one) => (items.has(one) ? 1 : 0)),
    most,
  }))
  return mostTailored < NO_LIMIT ? [{ counts: tailored, most: mostTailored }, ...alike] : alike
}

/** Whether suits are held to more than places, items and sets. */
export const hasSideRules = ({ mostOwners, mostTailored, unlike }: Problem): boolean =>
  mostOwners < NO_LIMIT || mostTailored < NO_LIMIT || unlike.length > 0

/** Whether a choice of placements obeys the rules beside places, items and sets. */
export function obeysSideRules(problem: Problem, chosen: readonly number[]): boolean {
  const { item, owner, tailored, mostOwners, mostTailored, unlike } = problem
  if (mostOwners < NO_LIMIT && new Set(chosen.map((p) => owner[item[p]!]!)).size > mostOwners) return false
  if (mostTailored < NO_LIMIT && chosen.reduce((sum, p) => sum + tailored[p]!, 0) > mostTailored) return false
  return unlike.every(({ items, most }) => chosen.reduce((sum, p) => sum + (items.has(item[p]!) ? 1 : 0), 0) <= most)
}

/**
 * What a choice of placements is worth; NEVER when its sets are not as asked. Places and items are the caller's to
 * mind.
 */
export function valueOf(problem: Problem, chosen: readonly number[]): number {
  const { score, set, bitsFrom, bits, worth, setGain } = problem
  const has = new Uint8Array(worth.length)
  let value = 0
  const pieces = [0, 0, 0]
  for (const p of chosen) {
    value += score[p]!
    pieces[set[p]!]!++
    for (let i = bitsFrom[p]!; i < bitsFrom[p + 1]!; i++) {
      const bit = bits[i]!
      if (!has[bit]) value += worth[bit]!
      has[bit] = 1
    }
  }
  const gain = setGain[pieces[1]! * (MAX_PIECES + 1) + pieces[2]!]!
  return gain <= NEVER / 2 ? NEVER : value + gain
}

/**
 * The last count at which what sets add still changes: `step` from one count of it to the next, `across` to the other
 * set's.
 */
export function lastChange(gain: Float64Array, step: number, across: number): number {
  for (let count = MAX_PIECES; count > 0; count--)
    for (let other = 0; other <= MAX_PIECES; other++)
      if (gain[count * step + other * across] !== gain[(count - 1) * step + other * across]) return count
  return 0
}
