import type * as graph from '../generated/resolvers.ts'
import type { Candidate } from './candidate.ts'
import { familyNamed, list, refuse, setNamed, text, within, type Filled } from './input-fields.ts'
import { maskOfPlaces, type SuitPlace } from './places.ts'
import type { Lock } from './wishes.ts'

/** Ids of items that are only described begin so. */
export const DESCRIBED = 'described:'
const MAX_HYPOTHETICAL = 10
const MAX_FIXED = 18

/** Hypothetical items: ids of those that exist, and the others as candidates. */
export const hypotheticalOf = (items: readonly Filled<graph.SuitHypotheticalInput>[]): (string | Candidate)[] =>
  list('hypothetical', items, MAX_HYPOTHETICAL).map(oneOf)

function oneOf(one: Filled<graph.SuitHypotheticalInput>, number: number): string | Candidate {
  const { item, name, places, loot } = one
  if ((item == null) === (places == null))
    throw refuse('`hypothetical` names either an `item` or the `places` it covers.')
  if (item != null) return text('hypothetical', item)
  return described(one, places ?? [], {
    id: `${DESCRIBED}hypothetical:${number}`,
    name: name ?? `Item ${number + 1}`,
    loot,
    owner: '',
  })
}

type Described = Omit<Filled<graph.SuitFixedPieceInput>, 'name' | 'places'>

/** An item that is only described, as a candidate. */
function described(
  { armorLevel, setId, setName, cantrips, ratings, wieldLevel }: Described & { wieldLevel?: number },
  places: readonly SuitPlace[],
  { id, name, loot, owner }: Pick<Candidate, 'id' | 'name' | 'loot' | 'owner'>,
): Candidate {
  const slots = maskOfPlaces(list('places', places, 9))
  if (slots === null) throw refuse('`places` of a described item are up to 6 parts of the body, or one other place.')
  return {
    id,
    name: text('name', name),
    owner,
    equipped: false,
    slots,
    loot,
    armorLevel: within('armorLevel', armorLevel, 0, 5_000),
    setId: setId == null && setName == null ? null : setNamed({ setId, setName }),
    cantrips: list('cantrips', cantrips, 20).map(({ tier, ...named }) => ({ family: familyNamed(named), tier })),
    ratings: Object.fromEntries(
      list('ratings', ratings, 8, ({ rating }) => rating).map(({ rating, value }) => [
        rating,
        within('value', value, 1, 100),
      ]),
    ),
    wieldLevel: within('wieldLevel', wieldLevel ?? 0, 0, 999),
  }
}

/** Pieces that a suit has in any case, whatever there is to choose from: as candidates, and as locks on them. */
export function fixedPiecesOf(
  pieces: readonly Filled<graph.SuitFixedPieceInput>[],
  wearer: string | null,
): { candidates: Candidate[]; locks: Lock[] } {
  const candidates = list('fixedPieces', pieces, MAX_FIXED).map(({ name, places, ...one }, number) =>
    described(one, places, {
      id: `${DESCRIBED}fixed:${number}`,
      name: name ?? `Fixed piece ${number + 1}`,
      loot: false,
      owner: wearer ?? '',
    }),
  )
  return { candidates, locks: candidates.map(({ id }) => ({ item: id, places: null })) }
}
