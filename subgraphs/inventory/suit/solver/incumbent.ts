import { BODY_PLACES, hasSideRules, NEVER, obeysSideRules, PLACES, valueOf, type Problem } from './problem.ts'
import type { Lists, Relaxation } from './relaxation.ts'
import { emptyPlaces, openMask, Tally } from './tally.ts'

/** How many of the best placements at each of two places are tried together. */
const PAIR_WIDTHS = [60, 200] as const
const PAIR_TRIES = 30

/** Makes good suits quickly, so that the search knows early what is not worth looking at. */
export class Incumbents {
  private readonly problem: Problem
  private readonly relaxation: Relaxation
  private readonly found: (chosen: readonly number[]) => void
  private readonly isOver: () => boolean
  private readonly isStrict: boolean
  private seed: number

  constructor(
    problem: Problem,
    relaxation: Relaxation,
    found: (chosen: readonly number[]) => void,
    isOver: () => boolean,
  ) {
    this.problem = problem
    this.relaxation = relaxation
    this.found = found
    this.isOver = isOver
    this.isStrict = hasSideRules(problem)
    this.seed = 12_345
  }

  /**
   * Builds one suit from what the multipliers recommend and offers it at once; then improves it by single exchanges.
   */
  begin(lists: Lists, multipliers: Float64Array): void {
    const chosen = this.build(lists, multipliers, false)
    if (!chosen || !this.isAllowed(chosen)) return
    this.found(chosen)
    this.refine(chosen, lists)
  }

  /** Improves a suit by exchanging one piece at a time until that does not help; offers the result as incumbent. */
  refine(chosen: number[], lists: Lists): void {
    if (!this.isAllowed(chosen)) return
    while (!this.isOver() && this.changeOne(chosen, lists));
    this.found(chosen)
  }

  /** Builds several suits from what the multipliers recommend, each slightly varied, and improves them. */
  make(lists: Lists, multipliers: Float64Array, rounds: number): void {
    for (let round = 0; round < rounds && !this.isOver(); round++) {
      const chosen = this.build(lists, multipliers, round > 0)
      if (!chosen) return
      this.improve(chosen, lists)
    }
  }

  /** Improves a suit by exchanging one or two pieces at a time until neither helps; offers the result as incumbent. */
  improve(chosen: number[], lists: Lists): void {
    if (!this.isAllowed(chosen)) return
    while (!this.isOver() && (this.changeOne(chosen, lists) || this.changeTwo(chosen, lists)));
    this.found(chosen)
  }

  private isAllowed = (chosen: readonly number[]) => !this.isStrict || obeysSideRules(this.problem, chosen)

  private build(lists: Lists, multipliers: Float64Array, isVaried: boolean): number[] | null {
    const { problem, relaxation } = this
    const { worth, capacity, item, score, set, places, mask, bitsFrom, bits } = problem
    const guess = Float64Array.from(multipliers, (multiplier, bit) =>
      isVaried && bit < worth.length
        ? Math.min(worth[bit]!, multiplier * (0.5 + this.random()) + worth[bit]! * 0.3 * this.random())
        : multiplier,
    )
    const has = new Uint8Array(multipliers.length)
    const room = Int8Array.from(capacity)
    const chosen: number[] = []
    const used = new Set<number>()
    const take = (p: number) => {
      chosen.push(p)
      used.add(item[p]!)
      for (const place of places[p]!) room[place]!--
      for (let i = bitsFrom[p]!; i < bitsFrom[p + 1]!; i++) has[bits[i]!] = 1
    }
    relaxation.applyMultipliers(lists, room, guess, has)
    if (relaxation.solve(lists, room, 0, 0) === -Infinity) return null
    const wanted = new Int8Array(BODY_PLACES)
    for (const p of relaxation.taken)
      if (places[p]![0]! < BODY_PLACES) for (const place of places[p]!) wanted[place] = set[p]!

    const order = Array.from({ length: PLACES }, (_, place) => place).sort(() => this.random() - 0.5)
    for (const place of order.flatMap((place) => Array<number>(capacity[place]!).fill(place))) {
      if (!room[place]) continue
      let most = 0
      let best = -1
      for (const p of lists[place]!) {
        if (used.has(item[p]!) || (place < BODY_PLACES && wanted[place] && set[p] !== wanted[place])) continue
        if (places[p]!.length > 1 && (mask[p]! & ~openMask(room)) !== 0) continue
        let value = score[p]!
        for (let i = bitsFrom[p]!; i < bitsFrom[p + 1]!; i++) {
          const bit = bits[i]!
          if (!has[bit]) value += (worth[bit]! + guess[bit]!) / 2
        }
        value /= places[p]!.length
        if (value <= most || (this.isStrict && !this.isAllowed([...chosen, p]))) continue
        ;[most, best] = [value, p]
      }
      if (best >= 0) take(best)
    }
    return chosen
  }

  /** Puts the best other piece in the place of one; whether that helped anywhere. */
  private changeOne(chosen: number[], lists: Lists): boolean {
    const { mask } = this.problem
    const tally = this.tallyOf(chosen)
    let improved = false
    // A place that stands empty is one more piece to change: for nothing.
    const ways: (number | null)[] = [...chosen.keys(), null]
    for (const k of ways) {
      const old = k === null ? -1 : chosen[k]!
      if (old >= 0) tally.drop(old)
      const room = tally.room
      let most = old >= 0 ? tally.gain(old) : 0
      let best = old
      const at = old >= 0 ? this.problem.places[old]! : emptyPlaces(room)
      for (const place of at)
        for (const p of lists[place]!) {
          if (tally.used.has(this.problem.item[p]!) || (mask[p]! & ~openMask(room)) !== 0) continue
          const gain = tally.gain(p)
          if (gain <= most) continue
          if (this.isStrict && !this.isAllowed([...chosen.filter((_, i) => i !== k), p])) continue
          ;[most, best] = [gain, p]
        }
      if (best >= 0) tally.take(best)
      if (best === old) continue
      if (k === null) chosen.push(best)
      else chosen[k] = best
      improved = true
    }
    return improved
  }

  /** Changes two pieces together; whether that helped. */
  private changeTwo(chosen: number[], lists: Lists): boolean {
    const { problem } = this
    const { item, places, bitsFrom, bits, worth } = problem
    const before = valueOf(problem, chosen)
    for (let tries = 0; tries < PAIR_TRIES; tries++) {
      const [a, b] = [Math.floor(this.random() * chosen.length), Math.floor(this.random() * chosen.length)]
      if (a === b) continue
      if (places[chosen[a]!]!.length > 1 || places[chosen[b]!]!.length > 1) continue
      const tally = this.tallyOf(chosen.filter((_, k) => k !== a && k !== b))
      let most = before - tally.value
      const gain = tally.mostSetGain()
      const [worthA, worthB] = [a, b].map((k) => this.worthsOf(tally, lists[places[chosen[k]!]![0]!]!))
      const ofA = promising(worthA!, most - gain - worthB!.most, PAIR_WIDTHS[0])
      const ofB = promising(worthB!, most - gain - worthA!.most, PAIR_WIDTHS[1])
      if (!ofA.length || !ofB.length) continue
      let pair: readonly [number, number] | null = null
      for (const [valueA, p] of ofA) {
        if (valueA + ofB[0]![0] + gain <= most) break
        for (const [valueB, r] of ofB) {
          if (valueA + valueB + gain <= most) break
          if (item[p] === item[r]) continue
          let value = valueA + valueB + tally.setGain(p, r)
          for (let i = bitsFrom[r]!; i < bitsFrom[r + 1]! && value > most; i++) {
            const bit = bits[i]!
            if (tally.had[bit]) continue
            for (let j = bitsFrom[p]!; j < bitsFrom[p + 1]!; j++) if (bits[j] === bit) value -= worth[bit]!
          }
          if (value > most) [most, pair] = [value, [p, r]]
        }
      }
      if (!pair) continue
      const next = chosen.map((p, k) => (k === a ? pair[0] : k === b ? pair[1] : p))
      if (!this.isAllowed(next) || valueOf(problem, next) <= before) continue
      chosen.splice(0, chosen.length, ...next)
      return true
    }
    return false
  }

  /** What each free placement of a place is worth beside what is worn, sets left out. */
  private worthsOf(tally: Tally, list: readonly number[]): Worths {
    const { item, places } = this.problem
    const worths: Worths = { ways: [], values: [], most: NEVER }
    for (const p of list) {
      if (places[p]!.length > 1 || tally.used.has(item[p]!)) continue
      const value = tally.worthOf(p)
      worths.ways.push(p)
      worths.values.push(value)
      if (value > worths.most) worths.most = value
    }
    return worths
  }

  private tallyOf(chosen: readonly number[]): Tally {
    const tally = new Tally(this.problem)
    for (const p of chosen) tally.take(p)
    return tally
  }

  /** Always the same row of numbers: the same question has the same answer. */
  private random(): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0
    return this.seed / 2 ** 32
  }
}

interface Worths {
  ways: number[]
  values: number[]
  most: number
}

/** The best of them, at most `width`, that are worth more than `enough`; best first. */
function promising({ ways, values }: Worths, enough: number, width: number): (readonly [value: number, p: number])[] {
  const good: (readonly [number, number])[] = []
  for (let i = 0; i < ways.length; i++) if (values[i]! > enough) good.push([values[i]!, ways[i]!])
  return good.sort((x, y) => y[0] - x[0]).slice(0, width)
}
