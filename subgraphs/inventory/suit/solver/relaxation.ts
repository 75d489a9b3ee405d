import { BODY_PLACES, MOST_PIECES, NEVER, PLACES, type Problem } from './problem.ts'

const WIDTH = MOST_PIECES + 1

/** The placements that may still stand at each place. */
export type Lists = readonly (readonly number[])[]

/**
 * What a suit could be worth at most when each bit has a price that every item bringing it is paid, and nothing minds that
 * an item is worn once: then each place takes its best item by itself, and the parts of the body agree only on how many
 * pieces of which set they wear. An item over several parts is worth a share of itself at each.
 */
export class Relaxation {
  /** What each placement is worth with the prices paid. */
  readonly priced: Float64Array
  /** The placements it took last; an item over several parts may be there more than once. */
  readonly taken: number[] = []
  /** What the body was worth, and the place's last item taken: for the loss of taking another instead. */
  private body = 0
  private readonly last = new Float64Array(PLACES)
  private readonly problem: Problem
  private readonly open: number[] = []
  private readonly best = Array.from({ length: BODY_PLACES }, () => new Float64Array(3))
  private readonly which = Array.from({ length: BODY_PLACES }, () => new Int32Array(3))
  private readonly forward: Float64Array[]
  private readonly backward: Float64Array[]
  private readonly through = Array.from({ length: BODY_PLACES }, () => new Float64Array(3))
  /** Counts beyond these change nothing. */
  private readonly most: readonly [number, number]
  private readonly width: number
  private readonly states: number
  private readonly gain: Float64Array

  constructor(problem: Problem) {
    this.problem = problem
    this.priced = new Float64Array(problem.size)
    this.most = [lastChange(problem.setGain, WIDTH, 1), lastChange(problem.setGain, 1, WIDTH)]
    this.width = this.most[1] + 1
    this.states = (this.most[0] + 1) * this.width
    this.gain = new Float64Array(this.states)
    for (let a = 0; a <= this.most[0]; a++)
      for (let b = 0; b <= this.most[1]; b++) this.gain[a * this.width + b] = problem.setGain[a * WIDTH + b]!
    this.forward = Array.from({ length: BODY_PLACES + 1 }, () => new Float64Array(this.states))
    this.backward = Array.from({ length: BODY_PLACES + 1 }, () => new Float64Array(this.states))
  }

  /** Prices every placement of the open places; bits had already are worth nothing more. */
  price(lists: Lists, open: Int8Array, prices: Float64Array, has: Uint8Array): void {
    const { score, bitsFrom, bits } = this.problem
    for (let place = 0; place < PLACES; place++) {
      if (!open[place]) continue
      for (const p of lists[place]!) {
        let worth = score[p]!
        for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) {
          const bit = bits[i]!
          if (!has[bit]) worth += prices[bit]!
        }
        this.priced[p] = worth
      }
    }
  }

  /** The most the open places can add; -Infinity when the sets cannot be had. */
  solve(lists: Lists, open: Int8Array, first: number, second: number): number {
    this.taken.length = 0
    this.open.length = 0
    let total = 0
    for (let place = 0; place < PLACES; place++) {
      if (!open[place]) continue
      if (place < BODY_PLACES) this.bestOf(place, lists[place]!)
      else total += this.topOf(place, lists[place]!, open[place]!)
    }
    const end = this.sweep(first, second)
    if (end < 0) return -Infinity
    this.readBack(end)
    return total + this.body
  }

  /** What of a placement counts at one of its places. The shares of its places add up to what it is worth. */
  shareOf(p: number, place: number): number {
    const { places } = this.problem
    const count = places[p]!.length
    if (count === 1) return this.priced[p]!
    const share = Math.floor(this.priced[p]! / count)
    return places[p]![0] === place ? this.priced[p]! - share * (count - 1) : share
  }

  /** The set an item counts for at a place: once, at its first. */
  setOf(p: number, place: number): number {
    return this.problem.places[p]![0] === place ? this.problem.set[p]! : 0
  }

  /** Makes `lossOf` ready for the lists solved last. */
  lookBack(): void {
    const { open, width, states } = this
    const [mostA, mostB] = this.most
    this.backward[open.length]!.set(this.gain)
    for (let i = open.length - 1; i >= 0; i--) {
      const [none, one, two] = this.best[open[i]!]! as unknown as [number, number, number]
      const [next, here] = [this.backward[i + 1]!, this.backward[i]!]
      for (let a = 0; a <= mostA; a++)
        for (let b = 0; b <= mostB; b++) {
          const at = a * width + b
          here[at] = Math.max(
            none + next[at]!,
            one + next[a < mostA ? at + width : at]!,
            two + next[b < mostB ? at + 1 : at]!,
          )
        }
    }
    for (let i = 0; i < open.length; i++) {
      const [before, after] = [this.forward[i]!, this.backward[i + 1]!]
      const through = this.through[open[i]!]!.fill(NEVER)
      for (let at = 0; at < states; at++) {
        if (before[at]! <= NEVER / 2) continue
        const [a, b] = [Math.floor(at / width), at % width]
        through[0] = Math.max(through[0]!, before[at]! + after[at]!)
        through[1] = Math.max(through[1]!, before[at]! + after[a < mostA ? at + width : at]!)
        through[2] = Math.max(through[2]!, before[at]! + after[b < mostB ? at + 1 : at]!)
      }
    }
  }

  /** By how much the most falls, at least, when a placement is taken for one of its places. */
  lossOf(p: number, place: number): number {
    if (place >= BODY_PLACES) return this.last[place]! - this.priced[p]!
    const rest = this.through[place]![this.setOf(p, place)]!
    return rest <= NEVER / 2 ? Infinity : this.body - rest - this.shareOf(p, place)
  }

  /** The same when a place takes nothing more. */
  lossOfNone(place: number): number {
    if (place >= BODY_PLACES) return this.last[place]!
    const rest = this.through[place]![0]!
    return rest <= NEVER / 2 ? Infinity : this.body - rest
  }

  private bestOf(place: number, list: readonly number[]): void {
    const best = this.best[place]!.fill(NEVER)
    const which = this.which[place]!.fill(-1)
    best[0] = 0 // nothing at all
    const { places } = this.problem
    for (const p of list) {
      const alone = places[p]!.length === 1
      const worth = alone ? this.priced[p]! : this.shareOf(p, place)
      const set = alone ? this.problem.set[p]! : this.setOf(p, place)
      if (worth <= best[set]!) continue
      best[set] = worth
      which[set] = p
    }
    this.open.push(place)
  }

  private topOf(place: number, list: readonly number[], room: number): number {
    let [first, second, whichFirst, whichSecond] = [0, 0, -1, -1]
    for (const p of list) {
      const worth = this.priced[p]!
      if (worth > first) [second, whichSecond, first, whichFirst] = [first, whichFirst, worth, p]
      else if (worth > second) [second, whichSecond] = [worth, p]
    }
    this.last[place] = room > 1 ? second : first
    if (whichFirst >= 0) this.taken.push(whichFirst)
    if (room > 1 && whichSecond >= 0) this.taken.push(whichSecond)
    return room > 1 ? first + second : first
  }

  /** Goes over the open parts of the body, by how many pieces of each set are worn. Gives the best end, -1 for none. */
  private sweep(first: number, second: number): number {
    const { open, width, states } = this
    const [mostA, mostB] = this.most
    this.forward[0]!.fill(NEVER)
    this.forward[0]![Math.min(first, mostA) * width + Math.min(second, mostB)] = 0
    for (let i = 0; i < open.length; i++) {
      const [none, one, two] = this.best[open[i]!]! as unknown as [number, number, number]
      const [from, to] = [this.forward[i]!, this.forward[i + 1]!.fill(NEVER)]
      for (let at = 0; at < states; at++) {
        const worth = from[at]!
        if (worth <= NEVER / 2) continue
        if (worth + none > to[at]!) to[at] = worth + none
        const more = at < mostA * width ? at + width : at
        if (worth + one > to[more]!) to[more] = worth + one
        const moreOfTwo = at % width < mostB ? at + 1 : at
        if (worth + two > to[moreOfTwo]!) to[moreOfTwo] = worth + two
      }
    }
    let end = -1
    this.body = NEVER / 2
    for (let at = 0; at < states; at++) {
      const worth = this.forward[open.length]![at]! + this.gain[at]!
      if (worth > this.body) [this.body, end] = [worth, at]
    }
    return end
  }

  /** What was taken on the way to the best end. */
  private readBack(end: number): void {
    const { open, width } = this
    const [mostA, mostB] = this.most
    let at = end
    for (let i = open.length - 1; i >= 0; i--) {
      const best = this.best[open[i]!]!
      const which = this.which[open[i]!]!
      const [from, worth] = [this.forward[i]!, this.forward[i + 1]![at]!]
      const [a, b] = [Math.floor(at / width), at % width]
      const ways: (readonly [set: number, before: number])[] = [[0, at]]
      if (a > 0) ways.push([1, at - width])
      if (a === mostA) ways.push([1, at])
      if (b > 0) ways.push([2, at - 1])
      if (b === mostB) ways.push([2, at])
      const [set, before] = ways.find(([set, before]) => from[before]! + best[set]! === worth)!
      if (which[set]! >= 0) this.taken.push(which[set]!)
      at = before
    }
  }
}

/** The last count at which what sets add still changes. */
function lastChange(gain: Float64Array, step: number, across: number): number {
  for (let count = MOST_PIECES; count > 0; count--)
    for (let other = 0; other <= MOST_PIECES; other++)
      if (gain[count * step + other * across] !== gain[(count - 1) * step + other * across]) return count
  return 0
}
