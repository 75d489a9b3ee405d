// A stand-in for the suit builders that were there before: depth first over buckets of pieces, as their descriptions
// say.
import type { Candidate } from '../../subgraphs/inventory/suit/candidate.ts'
import { capacityOf, SUIT_PLACES, waysToWear, type SuitPlace } from '../../subgraphs/inventory/suit/places.ts'
import { scoreOf, type Piece } from '../../subgraphs/inventory/suit/verify.ts'
import { WISH_TIERS, type Wishes } from '../../subgraphs/inventory/suit/wishes.ts'

const WANTED_PIECES = [5, 4]
const BODY = new Set<SuitPlace>(SUIT_PLACES.slice(0, 9))
const CLOTHES = new Set<SuitPlace>(['SHIRT', 'PANTS'])
const TIERS: ReadonlySet<string> = new Set(WISH_TIERS)
const LEAST_DAMAGE = 3

/**
 * The best total it comes to within a time: armor of the two sets alone, clothes with damage 3, what adds no wanted
 * cantrip left out; most armor first; cut only where the rest cannot reach the most pieces found.
 * @returns points
 */
export function depthFirst(candidates: readonly Candidate[], wishes: Wishes, ms: number): number {
  const brings = (candidate: Candidate) =>
    wishes.spells.reduce(
      (bits, { family }, n) =>
        candidate.cantrips.some((one) => one.family === family && TIERS.has(one.tier)) ? bits | (1 << n) : bits,
      0,
    )
  const setOf = ({ setId }: Candidate) => wishes.sets.findIndex(({ id }) => id === setId)
  const buckets = SUIT_PLACES.flatMap((place) =>
    Array.from({ length: capacityOf(place) }, () => ({ place, pieces: [] as Piece[] })),
  )
  for (const candidate of candidates)
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      const [place] = way.places
      if (
        BODY.has(place!)
          ? setOf(candidate) < 0
          : CLOTHES.has(place!)
            ? (candidate.ratings.DAMAGE ?? 0) < LEAST_DAMAGE
            : !brings(candidate)
      )
        continue
      for (const bucket of buckets) if (bucket.place === place) bucket.pieces.push({ candidate, ...way })
    }
  const worth = ({ candidate: { ratings, armorLevel } }: Piece) =>
    (ratings.CRIT_DAMAGE ?? 0) * 10_000 + (ratings.DAMAGE ?? 0) * 1_000 + armorLevel
  for (const { pieces } of buckets) pieces.sort((a, b) => worth(b) - worth(a))
  const body = (place: SuitPlace) => (BODY.has(place) ? 0 : 1)
  buckets.sort((a, b) => body(a.place) - body(b.place) || a.pieces.length - b.pieces.length)

  const until = performance.now() + ms
  const worn: Piece[] = []
  const counts = [0, 0]
  let most = 0
  let best = -Infinity
  let looks = 0
  const search = (at: number, spells: number): void => {
    if (++looks % 256 === 0 && performance.now() > until) looks = -1
    if (looks < 0 || worn.length + buckets.length - at < most) return
    if (at === buckets.length) {
      most = worn.length
      best = Math.max(best, scoreOf(worn, wishes).total)
      return
    }
    for (const piece of buckets[at]!.pieces) {
      if (
        worn.some(
          (one) =>
            one.candidate === piece.candidate ||
            (capacityOf(piece.places[0]!) === 1 && one.places.some((place) => piece.places.includes(place))),
        )
      )
        continue
      const set = BODY.has(piece.places[0]!) ? setOf(piece.candidate) : -1
      if (set >= 0 && counts[set]! >= WANTED_PIECES[set]!) continue
      const adds = brings(piece.candidate) & ~spells
      if (set < 0 && !CLOTHES.has(piece.places[0]!) && !adds) continue
      worn.push(piece)
      if (set >= 0) counts[set]!++
      search(at + 1, spells | adds)
      if (set >= 0) counts[set]!--
      worn.pop()
      if (looks < 0) return
    }
    search(at + 1, spells)
  }
  search(0, 0)
  return Number.isFinite(best) ? best : 0
}
