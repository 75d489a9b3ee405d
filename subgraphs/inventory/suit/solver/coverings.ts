import { BODY_PLACES, NEVER, type Problem } from './problem.ts'

/**
 * The order in which parts of the body are gone over: what one item may cover stands together, so that little is kept
 * in mind.
 */
const ORDER = [0, 5, 1, 3, 4, 2, 6, 7, 8] as const
/** Before a step so many parts may be covered or not. */
export const MAX_COVERINGS = 1 << (BODY_PLACES - 1)
const rankOf = new Int8Array(BODY_PLACES)
ORDER.forEach((place, rank) => (rankOf[place] = rank))

/** What may happen at one part of the body. */
export interface Step {
  place: number
  /** How many coverings there are before it: which of the parts from here on may be covered already. */
  coverings: number
  /** In threes: the covering before, the covering after, and the shape put on; -1 when the part is covered already. */
  moves: Int16Array
}

/**
 * The ways in which items that cover several parts of the body can lie beside each other. A shape is what an item
 * covers: shapes below BODY_PLACES are the single parts, the others are those that occur.
 */
export class Coverings {
  /**
   * Of each placement on the body: its shape, and the first part it covers in the order of the steps; elsewhere the
   * place.
   */
  readonly shapeOf: Int16Array
  readonly firstOf: Int8Array
  readonly shapes: number
  /** The parts each shape covers. */
  readonly partsOf: readonly (readonly number[])[]
  readonly steps: readonly Step[]

  constructor({ size, places, mask }: Problem) {
    this.shapeOf = new Int16Array(size)
    this.firstOf = new Int8Array(size)
    const shapeOfMask = new Map<number, number>()
    const partsOf: (readonly number[])[] = ORDER.map((_, place) => [place])
    const wide: { shape: number; first: number; rest: number }[] = []
    for (let p = 0; p < size; p++) {
      const own = places[p]!
      if (own.length === 1 || own[0]! >= BODY_PLACES) {
        this.shapeOf[p] = this.firstOf[p] = own[0]!
        continue
      }
      const first = Math.min(...own.map((place) => rankOf[place]!))
      this.firstOf[p] = ORDER[first]!
      let shape = shapeOfMask.get(mask[p]!)
      if (shape === undefined) {
        shape = BODY_PLACES + shapeOfMask.size
        shapeOfMask.set(mask[p]!, shape)
        partsOf.push(own)
        wide.push({ shape, first, rest: own.reduce((bits, place) => bits | (1 << rankOf[place]!), 0) & ~(1 << first) })
      }
      this.shapeOf[p] = shape
    }
    this.shapes = partsOf.length
    this.partsOf = partsOf

    let now = [0] // coverings before the step, as bits by rank
    this.steps = ORDER.map((place, rank) => {
      const after = new Map<number, number>()
      const numberOf = (covering: number) => {
        if (!after.has(covering)) after.set(covering, after.size)
        return after.get(covering)!
      }
      const moves: number[] = []
      now.forEach((covering, before) => {
        if ((covering >> rank) & 1) return void moves.push(before, numberOf(covering & ~(1 << rank)), -1)
        moves.push(before, numberOf(covering), place)
        for (const { shape, first, rest } of wide)
          if (first === rank && !(covering & rest)) moves.push(before, numberOf(covering | rest), shape)
      })
      const step = { place, coverings: now.length, moves: Int16Array.from(moves) }
      now = [...after.keys()]
      return step
    })
  }

  /**
   * Which shapes over several parts are worth no more than one piece of the same set and pieces of none beside it.
   * `best`: what the best of each shape and set is worth, at `shape * 3 + set`.
   */
  weigh(best: Float64Array, isBeaten: Uint8Array): void {
    for (let shape = BODY_PLACES; shape < this.shapes; shape++) {
      const parts = this.partsOf[shape]!
      let plain = 0
      for (const place of parts) plain += Math.max(0, best[place * 3]!)
      for (let set = 0; set < 3; set++) {
        let beside = set === 0 ? plain : NEVER
        if (set > 0)
          for (const place of parts)
            beside = Math.max(beside, plain - Math.max(0, best[place * 3]!) + best[place * 3 + set]!)
        isBeaten[shape * 3 + set] = best[shape * 3 + set]! <= beside ? 1 : 0
      }
    }
  }
}
