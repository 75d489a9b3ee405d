import { MAX_PIECES, NEVER, type Problem } from './problem.ts'

/** What a part of a suit has, kept up to date as pieces come and go. */
export class Tally {
  readonly used = new Set<number>()
  readonly had: Int16Array
  readonly room: Int8Array
  private readonly pieces = [0, 0, 0]
  private worth = 0
  private readonly problem: Problem
  private readonly mostGain: number

  constructor(problem: Problem) {
    this.problem = problem
    this.had = new Int16Array(problem.worth.length)
    this.room = Int8Array.from(problem.capacity)
    this.mostGain = problem.setGain.reduce((most, gain) => Math.max(most, gain), NEVER)
  }

  /** What is worn is worth, sets left out. */
  get value(): number {
    return this.worth
  }
  mostSetGain(): number {
    return this.mostGain
  }

  take(p: number): void {
    this.worth += this.worthOf(p)
    this.used.add(this.problem.item[p]!)
    this.pieces[this.problem.set[p]!]!++
    for (const place of this.problem.places[p]!) this.room[place]!--
    this.eachBit(p, (bit) => this.had[bit]!++)
  }

  drop(p: number): void {
    this.eachBit(p, (bit) => this.had[bit]!--)
    for (const place of this.problem.places[p]!) this.room[place]!++
    this.pieces[this.problem.set[p]!]!--
    this.used.delete(this.problem.item[p]!)
    this.worth -= this.worthOf(p)
  }

  /** What one more piece is worth, its set left out. */
  worthOf(p: number): number {
    const { score, bitsFrom, bits, worth } = this.problem
    let value = score[p]!
    for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) if (!this.had[bits[i]!]) value += worth[bits[i]!]!
    return value
  }

  /** What one more piece is worth, its set counted. */
  gain(p: number): number {
    const now = this.setGain()
    const then = this.setGain(p)
    return this.worthOf(p) + (then <= NEVER / 2 && now <= NEVER / 2 ? 0 : then - now)
  }

  setGain(...more: number[]): number {
    let [first, second] = [this.pieces[1]!, this.pieces[2]!]
    for (const p of more) {
      if (this.problem.set[p] === 1) first++
      else if (this.problem.set[p] === 2) second++
    }
    return this.problem.setGain[first * (MAX_PIECES + 1) + second]!
  }

  private eachBit(p: number, visit: (bit: number) => void): void {
    const { bitsFrom, bits } = this.problem
    for (let i = bitsFrom[p]!, end = bitsFrom[p + 1]!; i < end; i++) visit(bits[i]!)
  }
}

export const openMask = (room: Int8Array): number =>
  room.reduce((mask, free, place) => (free > 0 ? mask | (1 << place) : mask), 0)
export const emptyPlaces = (room: Int8Array): number[] => [...room.keys()].filter((place) => room[place]! > 0)
