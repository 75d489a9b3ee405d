import type { Candidate } from './candidate.ts'
import { HUNDREDTHS } from './cantrip-bits.ts'
import { capacityOf, SUIT_PLACES, waysToWear, type SuitPlace, type Way } from './places.ts'
import { MOST_PIECES } from './solver/problem.ts'
import type { Piece } from './verify.ts'
import { Wardrobe, wardrobeOf } from './wardrobe.ts'
import type { Wishes } from './wishes.ts'
import { isUsable, Worths } from './worth.ts'

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
 * The single pieces that would gain most over what is worn, the best way to wear each, the best first. Demands on a whole suit
 * (pieces of sets, owners, floors) are not asked of what one piece changes.
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
  const isWorn = new Set(worn.map(({ candidate }) => candidate.id))
  const best: { c: number; number: number; off: readonly Piece[]; gain: number }[] = []
  const own: number[] = []
  candidates.forEach((candidate, c) => {
    if (isWorn.has(candidate.id) || !isUsable(candidate, wishes)) return
    worths.bits.of(c, own)
    let [gain, which, off]: [number, number, readonly Piece[]] = [0, -1, []]
    for (let number = wardrobe.waysFrom[c]!; number < wardrobe.waysFrom[c + 1]!; number++) {
      const way = wardrobe.ways[number]!
      if (way.tailored && wishes.mostTailored === 0) continue
      const points = worths.pointsOf(c, number)
      const set = worths.setOf(c, number)
      for (const left of leftBy(way)) {
        const now = points + left.add(own, set)
        if (now > gain) [gain, which, off] = [now, number, left.off]
      }
    }
    if (which >= 0) best.push({ c, number: which, off, gain })
  })
  const idOf = ({ c }: (typeof best)[number]) => candidates[c]!.id
  best.sort((a, b) => b.gain - a.gain || (idOf(a) < idOf(b) ? -1 : 1))
  return best.slice(0, most).map(({ c, number, off, gain }) => ({
    on: { candidate: candidates[c]!, ...wardrobe.ways[number]! },
    off,
    gain: gain / HUNDREDTHS,
  }))
}

const withoutDemands = (wishes: Wishes): Wishes => ({
  ...wishes,
  sets: wishes.sets.map((set) => ({ ...set, pieces: 0 })),
  spells: wishes.spells.map((spell) => ({ ...spell, must: false })),
})

/** What remains of what is worn when some of it comes off. */
interface Left {
  off: readonly Piece[]
  /** What bits and a piece of a set (1, 2, or 0 for none) change over all that is worn, in hundredths of a point. */
  add: (bits: readonly number[], set: number) => number
}

/** Works out once for each way to wear something what may come off for it, and what remains; nothing that is locked comes off. */
function leavings(worn: readonly Piece[], wishes: Wishes, locked: ReadonlySet<string>): (way: Way) => readonly Left[] {
  const known = new Map<Way, readonly Left[]>()
  const wardrobe = new Wardrobe(worn.map(({ candidate }) => candidate))
  const worths = new Worths(wardrobe, wishes)
  const pieces = worn.map((piece, c) => {
    const bits: number[] = []
    worths.bits.of(c, bits)
    const from = wardrobe.waysFrom[c]!
    const way = wardrobe.ways.slice(from, wardrobe.waysFrom[c + 1]).findIndex((one) => one.tailored === piece.tailored && one.places.join() === piece.places.join())
    return { piece, bits, points: worths.pointsOf(c, from + way), set: worths.setOf(c, from + way) }
  })
  const worthOf = (kept: typeof pieces) => {
    const has = new Uint8Array(worths.bits.worth.length)
    const counts = [0, 0, 0]
    for (const { bits, set } of kept) {
      for (const bit of bits) has[bit] = 1
      counts[set]!++
    }
    const ofSets = (set: number) =>
      worths.setGain[(counts[1]! + (set === 1 ? 1 : 0)) * (MOST_PIECES + 1) + counts[2]! + (set === 2 ? 1 : 0)]!
    const ofBits = (bits: Iterable<number>) => [...bits].reduce((sum, bit) => sum + worths.bits.worth[bit]!, 0)
    const bits = ofBits([...has.keys()].filter((bit) => has[bit]))
    return { has, ofSets, value: kept.reduce((sum, { points }) => sum + points, bits) }
  }
  const all = worthOf(pieces)
  const before = all.value + all.ofSets(0)
  return (way) => {
    const there = known.get(way)
    if (there) return there
    const left = waysToMakeRoom(worn, way)
      .filter((off) => !off.some(({ candidate }) => locked.has(candidate.id)))
      .map((off): Left => {
        const { has, ofSets, value } = worthOf(pieces.filter(({ piece }) => !off.includes(piece)))
        const add = (bits: readonly number[], set: number) => {
          let sum = value + ofSets(set) - before
          for (let k = 0; k < bits.length; k++) if (!has[bits[k]!]) sum += worths.bits.worth[bits[k]!]!
          return sum
        }
        return { off, add }
      })
    known.set(way, left)
    return left
  }
}

/** What may come off so that a piece fits: where two fit at a place, either of them. */
function waysToMakeRoom(worn: readonly Piece[], { places }: Way): Piece[][] {
  const there = worn.filter((piece) => piece.places.some((place) => places.includes(place)))
  const capacity = capacityOf(places[0]!)
  if (capacity === 1) return [there]
  return there.length < capacity ? [[]] : there.map((piece) => [piece])
}
