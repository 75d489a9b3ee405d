import type { Candidate } from './candidate.ts'
import { HUNDREDTHS } from './cantrip-bits.ts'
import { capacityOf, shapeOf, SUIT_PLACES, waysToWear, type SuitPlace, type Way } from './places.ts'
import { MAX_PIECES } from './solver/problem.ts'
import type { Piece } from './verify.ts'
import { Wardrobe, wardrobeOf } from './wardrobe.ts'
import type { Wishes } from './wishes.ts'
import { asksOfItems, isUsable, Worths } from './worth.ts'

/** One piece put on, and what comes off for it. */
export interface Swap {
  on: Piece
  off: readonly Piece[]
  /** In points. */
  gain: number
}

/** What somebody wears, as far as it is part of a suit: every place as full as it gets. */
export function asWorn(candidates: readonly Candidate[], wearer: string): Piece[] {
  const room = new Map<SuitPlace, number>(SUIT_PLACES.map((place) => [place, capacityOf(place)]))
  const pieces: Piece[] = []
  for (const candidate of candidates) {
    if (!candidate.equipped || candidate.owner !== wearer) continue
    const way = waysToWear(candidate.slots, candidate.loot).find(
      ({ tailored, places }) => !tailored && places.every((place) => room.get(place)! > 0),
    )
    if (!way) continue
    for (const place of way.places) room.set(place, room.get(place)! - 1)
    pieces.push({ candidate, ...way })
  }
  return pieces
}

/**
 * The single pieces that would gain most over what is worn, the best way to wear each, the best first. Demands on a
 * whole suit (pieces of sets, owners, floors) are not asked of what one piece changes.
 */
export function bestSwaps(
  candidates: readonly Candidate[],
  worn: readonly Piece[],
  wishes: Wishes,
  most: number,
): Swap[] {
  const plain = withoutDemands(wishes)
  const wardrobe = wardrobeOf(candidates)
  const worths = new Worths(wardrobe, plain)
  const leftBy = leavings(worn, plain, new Set(wishes.locked.map(({ item }) => item)))
  const left = wardrobe.ways.map((one) => (one.way.tailored && wishes.maxTailored === 0 ? [] : leftBy(one.way)))
  const out = new Set(
    [...worn.map(({ candidate }) => candidate.id), ...wishes.excluded].map((id) => wardrobe.numberOf(id)),
  )
  const isAsking = asksOfItems(wishes)
  const { worth } = worths.bits
  const best: { c: number; way: Way; off: readonly Piece[]; gain: number }[] = []
  const own: number[] = []
  const idOf = ({ c }: (typeof best)[number]) => candidates[c]!.id
  let least = 0 // less is not among the best
  const cut = () => {
    best.sort((a, b) => b.gain - a.gain || (idOf(a) < idOf(b) ? -1 : 1))
    best.length = Math.min(best.length, most)
    least = best.length === most ? (best.at(-1)?.gain ?? 0) : 0
  }
  for (let c = 0; c < candidates.length; c++) {
    if (out.has(c) || (isAsking && !isUsable(candidates[c]!, wishes))) continue
    worths.bits.of(c, own)
    let gained = 0
    let which: { way: Way; off: readonly Piece[] } | null = null
    for (let number = wardrobe.waysFrom[c]!; number < wardrobe.waysFrom[c + 1]!; number++) {
      const way = wardrobe.ways[wardrobe.way[number]!]!
      const points = worths.pointsOf(c, way)
      const set = worths.setOf(c, way)
      for (const { off, has, base } of left[wardrobe.way[number]!]!) {
        let gain = points + base[set]!
        for (let k = 0; k < own.length; k++) if (!has[own[k]!]) gain += worth[own[k]!]!
        if (gain <= gained) continue
        gained = gain
        which = { way: way.way, off }
      }
    }
    if (!which || gained < least) continue
    best.push({ c, ...which, gain: gained })
    if (best.length > 4 * most + 60) cut()
  }
  cut()
  return best.map(({ c, way, off, gain }) => ({
    on: { candidate: candidates[c]!, ...way },
    off,
    gain: gain / HUNDREDTHS,
  }))
}

const withoutDemands = (wishes: Wishes): Wishes => ({
  ...wishes,
  sets: wishes.sets.map((set) => ({ ...set, pieces: 0 })),
  spells: wishes.spells.map((spell) => ({ ...spell, required: false })),
})

/** What remains of what is worn when some of it comes off. */
interface Left {
  off: readonly Piece[]
  /** 1 for the bits that are still had. */
  has: Uint8Array
  /**
   * What is left, with one more piece of no set, of the first, of the second, over all that is worn: in hundredths of a
   * point.
   */
  base: readonly number[]
}

/** For each way to wear something: what may come off for it, and what remains. Nothing that is locked comes off. */
function leavings(worn: readonly Piece[], wishes: Wishes, locked: ReadonlySet<string>): (way: Way) => Left[] {
  const wardrobe = new Wardrobe(worn.map(({ candidate }) => candidate))
  const worths = new Worths(wardrobe, wishes)
  const pieces = worn.map((piece, c) => {
    const bits: number[] = []
    worths.bits.of(c, bits)
    const way = { way: piece, ...shapeOf(piece) }
    return { piece, bits, points: worths.pointsOf(c, way), set: worths.setOf(c, way) }
  })
  const without = (off: readonly Piece[]) => {
    const has = new Uint8Array(worths.bits.worth.length)
    const counts = [0, 0, 0]
    let value = 0
    for (const { piece, bits, points, set } of pieces) {
      if (off.includes(piece)) continue
      for (const bit of bits) has[bit] = 1
      counts[set]!++
      value += points
    }
    for (const [bit, worth] of worths.bits.worth.entries()) if (has[bit]) value += worth
    const more = [0, MAX_PIECES + 1, 1] // of one set or the other
    return {
      has,
      values: more.map((one) => value + worths.setGain[counts[1]! * (MAX_PIECES + 1) + counts[2]! + one]!),
    }
  }
  const [before] = without([]).values
  return (way) =>
    waysToMakeRoom(worn, way)
      .filter((off) => !off.some(({ candidate }) => locked.has(candidate.id)))
      .map((off) => {
        const { has, values } = without(off)
        return { off, has, base: values.map((value) => value - before!) }
      })
}

/** What may come off so that a piece fits: where two fit at a place, either of them. */
function waysToMakeRoom(worn: readonly Piece[], { places }: Way): Piece[][] {
  const there = worn.filter((piece) => piece.places.some((place) => places.includes(place)))
  const capacity = capacityOf(places[0]!)
  if (capacity === 1) return [there]
  return there.length < capacity ? [[]] : there.map((piece) => [piece])
}
