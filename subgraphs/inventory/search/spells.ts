import { fault } from '../../../shared/errors.ts'
import { allSpells, familyName, tierRank } from '../../../shared/world/spells.ts'
import type { SpellMatch } from '../generated/resolvers.ts'

const LONGEST_NAME = 100

/** The ids of the spells that fit all of what is given: the table of the game's spells is searched, not the items. */
export function fittingSpells({ id, name, family, familyName: called, tier, atLeast }: SpellMatch): number[] {
  for (const text of [name, called])
    if (text != null && (text.length < 1 || text.length > LONGEST_NAME))
      throw fault('BAD_USER_INPUT', `A spell is searched for by 1 to ${LONGEST_NAME} characters.`)
  const wanted = name?.toLowerCase()
  const wantedFamily = called?.toLowerCase()
  const isAnything = [id, name, family, called, tier, atLeast].every((part) => part == null)
  if (isAnything) throw fault('BAD_USER_INPUT', 'An entry of `spells` says something of the spell.')
  const found: number[] = []
  for (const spell of allSpells().values()) {
    if (id != null && spell.id !== id) continue
    if (family != null && spell.family !== family) continue
    if (tier != null && spell.tier !== tier) continue
    if (atLeast != null && (spell.tier === null || tierRank(spell.tier) < tierRank(atLeast))) continue
    if (wanted !== undefined && !spell.name.toLowerCase().includes(wanted)) continue
    if (wantedFamily !== undefined && familyName(spell.family).toLowerCase() !== wantedFamily) continue
    found.push(spell.id)
  }
  // A spell our table does not hold can still be asked for by its number alone.
  const onlyId = [name, family, called, tier, atLeast].every((part) => part == null)
  return found.length === 0 && id != null && onlyId ? [id] : found
}
