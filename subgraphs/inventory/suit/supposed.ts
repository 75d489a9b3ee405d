import type * as graph from '../generated/resolvers.ts'
import type { Candidate } from './candidate.ts'
import { familyNamed, list, refuse, setNamed, text, within, type Filled } from './input.ts'
import { maskOfPlaces } from './places.ts'

/** Ids of items that are only described begin so. */
export const SUPPOSED = 'supposed:'
const MOST_SUPPOSED = 10

/** Items somebody supposes to own: ids of those there are, and the others as candidates. */
export const supposedOf = (given: readonly Filled<graph.SuitSupposedInput>[]): (string | Candidate)[] =>
  list('supposed', given, MOST_SUPPOSED).map(oneOf)

function oneOf(one: Filled<graph.SuitSupposedInput>, number: number): string | Candidate {
  const { item, name, places, loot, armorLevel, setId, setName, cantrips, ratings, wieldLevel } = one
  if ((item == null) === (places == null)) throw refuse('`supposed` names either an `item` or the `places` it covers.')
  if (item != null) return text('supposed', item)
  const slots = maskOfPlaces(list('places', places ?? [], 9))
  if (slots === null) throw refuse('`places` of a supposed item are up to 6 parts of the body, or one other place.')
  return {
    id: `${SUPPOSED}${number}`,
    name: name == null ? `Item ${number + 1}` : text('name', name),
    owner: '',
    equipped: false,
    slots,
    loot,
    armorLevel: within('armorLevel', armorLevel, 0, 5_000),
    setId: setId == null && setName == null ? null : setNamed({ setId, setName }),
    cantrips: list('cantrips', cantrips, 20).map(({ tier, ...named }) => ({ family: familyNamed(named), tier })),
    ratings: Object.fromEntries(
      list('ratings', ratings, 8, ({ rating }) => rating).map(({ rating, value }) => [rating, within('value', value, 1, 100)]), // prettier-ignore
    ),
    wieldLevel: within('wieldLevel', wieldLevel, 0, 999),
  }
}
