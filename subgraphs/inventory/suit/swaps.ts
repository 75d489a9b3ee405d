import type { Candidate } from './candidate.ts'
import { bestTier, isUsable, pointsOf } from './compile.ts'
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
  const worth = guesses(worn, wishes)
  const isWorn = new Set(worn.map(({ candidate }) => candidate.id))
  const isLocked = new Set(wishes.locked.map(({ item }) => item))
  const hopes: { piece: Piece; off: Piece[][]; hope: number }[] = []
  for (const candidate of candidates) {
    if (isWorn.has(candidate.id) || !isUsable(candidate, wishes)) continue
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      if (way.tailored && wishes.mostTailored === 0) continue
      const off = waysToMakeRoom(worn, way).filter(
        (pieces) => !pieces.some((piece) => isLocked.has(piece.candidate.id)),
      )
      if (!off.length) continue
      const lost = Math.min(...off.map((pieces) => pieces.reduce((sum, piece) => sum + pointsOf(piece.candidate, piece, wishes), 0))) // prettier-ignore
      const hope = pointsOf(candidate, way, wishes) + worth(candidate) - lost
      if (hope > 0) hopes.push({ piece: { candidate, ...way }, off, hope })
    }
  }
  hopes.sort((a, b) => b.hope - a.hope)
  const best = new Map<string, Swap>()
  let least = 0
  for (const { piece, off, hope } of hopes) {
    if (hope <= least) break // no later one can be among the best
    for (const pieces of off) {
      const kept = worn.filter((one) => !pieces.includes(one))
      const gain = Math.round((scoreOf([...kept, piece], wishes).total - before) * 100) / 100
      const known = best.get(piece.candidate.id)
      if (gain > 0 && gain > (known?.gain ?? 0)) best.set(piece.candidate.id, { on: piece, off: pieces, gain })
    }
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

/** More than a candidate's cantrips and sets can possibly add to what is worn. */
function guesses(worn: readonly Piece[], { spells, sets, weights }: Wishes): (candidate: Candidate) => number {
  const tierPoints = (tier: number, atLeast: number) =>
    Math.max(0, ...WISH_TIERS.slice(atLeast, tier + 1).map((one) => weights.tiers[one]))
  const had = spells.map(({ family, atLeast, weight }) => {
    const best = Math.max(-1, ...worn.map(({ candidate }) => bestTier(candidate, family)))
    return { family, weight, atLeast: WISH_TIERS.indexOf(atLeast), best }
  })
  const ofSets = sets.reduce((sum, { points }) => sum + Math.max(...points) - Math.min(...points), 0)
  return (candidate) =>
    had.reduce((sum, { family, weight, atLeast, best }) => {
      const tier = bestTier(candidate, family)
      return tier > best ? sum + weight * (tierPoints(tier, atLeast) - tierPoints(best, atLeast)) : sum
    }, ofSets + 0.05)
}
