import { hasSideRules, MAX_PIECES, type Problem } from './problem.ts'

const NONE: ReadonlySet<number> = new Set()

/**
 * Which placements may not be left out. Left out may be those beside which, at the same places, stand enough others
 * that are worth no less, bring every bit they bring, and are of the same set or of one where theirs is none. Enough
 * means that one of them is free whatever else a suit wears. `without` are items that are not to be worn at all,
 * `wanted` placements that are kept in any case.
 */
export function undominated(
  problem: Problem,
  without: ReadonlySet<number> = NONE,
  wanted: readonly number[] = [],
): number[] {
  const { size, item, score, set, places, mask, bitsFrom, bits, worth, capacity, owner, tailored, unlike } = problem
  const words = Math.max(1, Math.ceil(worth.length / 32))
  const brings = new Int32Array(size * words)
  const whole = new Float64Array(size)
  const groups = new Map<number, number[]>()
  for (let p = 0; p < size; p++) {
    if (without.has(item[p]!)) continue
    let sum = score[p]!
    for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) {
      const bit = bits[i]!
      brings[p * words + (bit >> 5)]! |= 1 << (bit & 31)
      sum += worth[bit]!
    }
    whole[p] = sum
    const group = groups.get(mask[p]!)
    if (group) group.push(p)
    else groups.set(mask[p]!, [p])
  }
  const isStrict = hasSideRules(problem)
  const banned = new Set(unlike.flatMap(({ items }) => [...items])) // put in their place they could make suits alike
  const neverLess = [true, isNeverLess(problem.setGain, WIDTH, 1), isNeverLess(problem.setGain, 1, WIDTH)]

  const covers = (a: number, b: number): boolean => {
    if (score[a]! < score[b]!) return false
    for (let w = 0; w < words; w++) if ((brings[b * words + w]! & ~brings[a * words + w]!) !== 0) return false
    if (set[a] !== set[b] && !(set[b] === 0 && neverLess[set[a]!])) return false
    return !isStrict || (owner[item[a]!] === owner[item[b]!] && tailored[a]! <= tailored[b]! && !banned.has(item[a]!))
  }

  const alive = new Set(wanted)
  const order = (a: number, b: number) => whole[b]! - whole[a]! || set[b]! - set[a]! || a - b
  for (const group of groups.values()) {
    const room = Math.max(...places[group[0]!]!.map((place) => capacity[place]!))
    const isBeaten = (p: number, by: readonly number[]): boolean => {
      let better = 0
      let others = 0 // places where those that are better may be worn instead
      let needed = room
      for (const other of by) {
        if (!covers(other, p)) continue
        better++
        let way = other
        while (way > 0 && item[way - 1] === item[other]) way--
        for (; item[way] === item[other]; way++) if ((mask[way]! & mask[p]!) === 0) others |= mask[way]!
        needed = room + roomOf(others, capacity)
        if (better >= needed) return true
      }
      return false
    }
    // Most are beaten by the very best: what those leave is put in order. What beats one of them beats all that it
    // beats.
    const first = foremost(group, order)
    const left = group.filter((p) => first.includes(p) || !isBeaten(p, first)).sort(order)
    const kept: number[] = []
    for (const p of left) if (!isBeaten(p, kept)) kept.push(p)
    for (const p of kept) alive.add(p)
  }
  return [...alive].sort((a, b) => a - b)
}

/** So many of a group are the very best. */
const FOREMOST = 12

/** The first few of a group in an order. */
function foremost(group: readonly number[], order: (a: number, b: number) => number): number[] {
  const first: number[] = []
  for (const p of group) {
    if (first.length === FOREMOST && order(p, first[FOREMOST - 1]!) > 0) continue
    let at = first.length
    while (at > 0 && order(p, first[at - 1]!) < 0) at--
    first.splice(at, 0, p)
    if (first.length > FOREMOST) first.pop()
  }
  return first
}

const WIDTH = MAX_PIECES + 1

/**
 * Whether one more piece of a set never takes anything off: `step` from one count of it to the next, `across` to the
 * other set's.
 */
function isNeverLess(gain: Float64Array, step: number, across: number): boolean {
  for (let count = 1; count < WIDTH; count++)
    for (let other = 0; other < WIDTH; other++)
      if (gain[count * step + other * across]! < gain[(count - 1) * step + other * across]!) return false
  return true
}

function roomOf(mask: number, capacity: Int8Array): number {
  let room = 0
  for (let place = 0; place < capacity.length; place++) if ((mask >> place) & 1) room += capacity[place]!
  return room
}

/** The same problem with some of its placements only, in that order. Items keep their numbers. */
export function only(problem: Problem, kept: readonly number[]): Problem {
  const bitsFrom = new Int32Array(kept.length + 1)
  kept.forEach((p, n) => (bitsFrom[n + 1] = bitsFrom[n]! + problem.bitsFrom[p + 1]! - problem.bitsFrom[p]!))
  const bits = new Int16Array(bitsFrom[kept.length]!)
  kept.forEach((p, n) => bits.set(problem.bits.subarray(problem.bitsFrom[p]!, problem.bitsFrom[p + 1]!), bitsFrom[n]!))
  return {
    ...problem,
    size: kept.length,
    item: Int32Array.from(kept, (p) => problem.item[p]!),
    score: Float64Array.from(kept, (p) => problem.score[p]!),
    set: Uint8Array.from(kept, (p) => problem.set[p]!),
    places: kept.map((p) => problem.places[p]!),
    mask: Int32Array.from(kept, (p) => problem.mask[p]!),
    bitsFrom,
    bits,
    tailored: Uint8Array.from(kept, (p) => problem.tailored[p]!),
  }
}
