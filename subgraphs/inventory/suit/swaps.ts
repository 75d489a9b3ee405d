import type { Candidate } from './candidate.ts'
import { bestTier, isBody, isUsable, pointsOf } from './compile.ts'
import { capacityOf, SUIT_PLACES, waysToWear, type SuitPlace, type Way } from './places.ts'
import { scoreOf, type Piece } from './verify.ts'
import { WISH_TIERS, type Wishes } from './wishes.ts'

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
  const before = scoreOf(worn, wishes).total
  const without = leftovers(worn, wishes)
  const extra = extras(wishes)
  const isWorn = new Set(worn.map(({ candidate }) => candidate.id))
  const isLocked = new Set(wishes.locked.map(({ item }) => item))
  const hopes: { piece: Piece; off: readonly Piece[]; hope: number }[] = []
  for (const candidate of candidates) {
    if (isWorn.has(candidate.id) || !isUsable(candidate, wishes)) continue
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      if (way.tailored && wishes.mostTailored === 0) continue
      const points = pointsOf(candidate, way, wishes)
      for (const off of waysToMakeRoom(worn, way)) {
        if (off.some((piece) => isLocked.has(piece.candidate.id))) continue
        const left = without(off)
        const hope = points - left.lost + extra(candidate, way, left) + ROUNDED
        if (hope > 0) hopes.push({ piece: { candidate, ...way }, off, hope })
      }
    }
  }
  hopes.sort((a, b) => b.hope - a.hope)
  const best = new Map<string, Swap>()
  let least = 0
  for (const { piece, off, hope } of hopes) {
    if (hope <= least) break // no later one can be among the best
    const kept = worn.filter((one) => !off.includes(one))
    const gain = Math.round((scoreOf([...kept, piece], wishes).total - before) * 100) / 100
    const known = best.get(piece.candidate.id)
    if (gain > 0 && gain > (known?.gain ?? 0)) best.set(piece.candidate.id, { on: piece, off, gain })
    if (best.size >= most) least = ranked(best)[most - 1]!.gain
  }
  return ranked(best).slice(0, most)
}

const ranked = (swaps: ReadonlyMap<string, Swap>): Swap[] =>
  [...swaps.values()].sort((a, b) => b.gain - a.gain || (a.on.candidate.id < b.on.candidate.id ? -1 : 1))

/** What may come off so that a piece fits: where two fit at a place, either of them. */
function waysToMakeRoom(worn: readonly Piece[], { places }: Way): Piece[][] {
  const there = worn.filter((piece) => piece.places.some((place) => places.includes(place)))
  const capacity = capacityOf(places[0]!)
  if (capacity === 1) return [there]
  return there.length < capacity ? [[]] : there.map((piece) => [piece])
}

/** More than rounding each part to hundredths can add. */
const ROUNDED = 0.5

/** What remains of what is worn when some of it comes off. */
interface Left {
  /** Points that go with it: its own, those of cantrips that nothing else has, those of sets. */
  lost: number
  /** The best tier of each wanted cantrip that is left; -1 for none. */
  tiers: number[]
  /** Pieces of each wanted set that are left. */
  counts: number[]
}

/** Works out once for each choice of pieces what remains without them. */
function leftovers(worn: readonly Piece[], wishes: Wishes): (off: readonly Piece[]) => Left {
  const { spells, sets } = wishes
  const known = new Map<string, Left>()
  const tiersOf = (pieces: readonly Piece[]) =>
    spells.map(({ family }) => Math.max(-1, ...pieces.map(({ candidate }) => bestTier(candidate, family))))
  const countsOf = (pieces: readonly Piece[]) =>
    sets.map(({ id }) => pieces.filter((piece) => piece.candidate.setId === id && isBody(piece.places[0]!)).length)
  const worth = (tiers: number[], counts: number[]) =>
    spells.reduce((sum, spell, n) => sum + tierPoints(spell, tiers[n]!, wishes), 0) +
    sets.reduce((sum, set, n) => sum + setPoints(set, counts[n]!), 0)
  const whole = worth(tiersOf(worn), countsOf(worn))
  return (off) => {
    const key = off.map(({ candidate }) => candidate.id).join()
    const there = known.get(key)
    if (there) return there
    const kept = worn.filter((piece) => !off.includes(piece))
    const [tiers, counts] = [tiersOf(kept), countsOf(kept)]
    const own = off.reduce((sum, piece) => sum + pointsOf(piece.candidate, piece, wishes), 0)
    const left = { lost: own + whole - worth(tiers, counts), tiers, counts }
    known.set(key, left)
    return left
  }
}

/** What a candidate's cantrips and set add to what remains. */
function extras(wishes: Wishes): (candidate: Candidate, way: Way, left: Left) => number {
  const { spells, sets } = wishes
  return (candidate, { places }, { tiers, counts }) => {
    let sum = 0
    for (const [n, spell] of spells.entries()) {
      const tier = bestTier(candidate, spell.family)
      if (tier > tiers[n]!) sum += tierPoints(spell, tier, wishes) - tierPoints(spell, tiers[n]!, wishes)
    }
    if (candidate.setId === null || !isBody(places[0]!)) return sum
    for (const [n, set] of sets.entries())
      if (set.id === candidate.setId) sum += setPoints(set, counts[n]! + 1) - setPoints(set, counts[n]!)
    return sum
  }
}

const tierPoints = ({ atLeast, weight }: Wishes['spells'][number], tier: number, { weights }: Wishes): number =>
  weight * Math.max(0, ...WISH_TIERS.slice(WISH_TIERS.indexOf(atLeast), tier + 1).map((one) => weights.tiers[one]))
const setPoints = ({ points }: Wishes['sets'][number], count: number): number =>
  points[Math.min(count, points.length - 1)] ?? 0
