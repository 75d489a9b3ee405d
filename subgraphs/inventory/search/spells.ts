import { fault } from '../../../shared/errors.ts'
import { allSpells, familyName, tierRank } from '../../../shared/world/dereth/spells.ts'
import { unknownName } from '../../../shared/serve/known-names.ts'
import type { SpellMatch } from '../generated/resolvers.ts'

const MAX_NAME_LENGTH = 100

interface Entry {
  id: number
  family: number
  /** In small letters, as the name of its family is. */
  name: string
  familyName: string
  /** 0 without a tier. */
  rank: number
}
let entries: readonly Entry[] | null = null
const table = (): readonly Entry[] =>
  (entries ??= [...allSpells().values()].map(({ id, family, name, tier }) => ({
    id,
    family,
    name: name.toLowerCase(),
    familyName: familyName(family).toLowerCase(),
    rank: tier === null ? 0 : tierRank(tier),
  })))

const shownFamilies = () => [...new Set([...allSpells().values()].map(({ family }) => familyName(family)))]

/** One search asks for the same in several statements. */
const known = new WeakMap<SpellMatch, readonly number[]>()

/** The ids of the spells that fit all of what is given: the table of the game's spells is searched, not the items. */
export function fittingSpells(match: SpellMatch): readonly number[] {
  let found = known.get(match)
  if (!found) known.set(match, (found = find(match)))
  return found
}

function find({ id, name, family, familyName: called, tier, atLeast }: SpellMatch): number[] {
  for (const text of [name, called])
    if (text != null && (text.length < 1 || text.length > MAX_NAME_LENGTH))
      throw fault('BAD_USER_INPUT', `A spell is searched for by 1 to ${MAX_NAME_LENGTH} characters.`)
  const isAnything = [id, name, family, called, tier, atLeast].every((part) => part == null)
  if (isAnything) throw fault('BAD_USER_INPUT', 'An entry of `spells` says something of the spell.')
  const wanted = name?.toLowerCase()
  const wantedFamily = called?.toLowerCase()
  if (wantedFamily !== undefined && !table().some((spell) => spell.familyName === wantedFamily))
    throw unknownName('family of spells', [called!], shownFamilies(), 'BAD_USER_INPUT')
  if (family != null && !table().some((spell) => spell.family === family))
    throw fault('BAD_USER_INPUT', `No family of spells has the number ${family}.`)
  const rank = tier == null ? null : tierRank(tier)
  const least = atLeast == null ? 0 : tierRank(atLeast)
  const found = table()
    .filter(
      (spell) =>
        (id == null || spell.id === id) &&
        (family == null || spell.family === family) &&
        (rank === null || spell.rank === rank) &&
        spell.rank >= least &&
        (wantedFamily === undefined || spell.familyName === wantedFamily) &&
        (wanted === undefined || spell.name.includes(wanted)),
    )
    .map((spell) => spell.id)
  // A spell our table does not hold can still be asked for by its number alone.
  const onlyId = [name, family, called, tier, atLeast].every((part) => part == null)
  return found.length === 0 && id != null && onlyId ? [id] : found
}
