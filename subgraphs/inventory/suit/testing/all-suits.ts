import type { Candidate } from '../candidate.ts'
import { capacityOf, waysToWear, type SuitPlace } from '../places.ts'
import { faultsOf, scoreOf, type Piece } from '../verify.ts'
import type { Wishes } from '../wishes.ts'

/** Every way to wear some of these items at once. */
function* allSuits(candidates: readonly Candidate[], worn: readonly Piece[] = []): Generator<readonly Piece[]> {
  const [candidate, ...others] = candidates
  if (!candidate) return yield worn
  yield* allSuits(others, worn)
  const taken = (place: SuitPlace) => worn.filter(({ places }) => places.includes(place)).length
  for (const way of waysToWear(candidate.slots, candidate.loot))
    if (way.places.every((place) => taken(place) < capacityOf(place)))
      yield* allSuits(others, [...worn, { candidate, ...way }])
}

/** The most points a suit can have that is as wished; null where there is none. */
export function mostPoints(candidates: readonly Candidate[], wishes: Wishes): number | null {
  let most: number | null = null
  for (const pieces of allSuits(candidates)) {
    if (faultsOf(pieces, wishes).length) continue
    const { total } = scoreOf(pieces, wishes)
    if (most === null || total > most) most = total
  }
  return most
}
