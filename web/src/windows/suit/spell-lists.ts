// Cantrips that are wanted together, to be added at once; and all families, to search by typing.
import { byText } from '../../language/language.ts'
import type { KnownSpell } from '../../item/spell-search.ts'
import { type SpellWish, tiers } from './wishes.ts'
import type { texts } from './messages.ts'

/** The ready-made lists: which of the texts names them, and the numbers of their families. */
export const spellLists: readonly (readonly [name: keyof typeof texts.listNames, families: readonly number[]])[] = [
  ['attributes', [261, 263, 267, 265, 269, 271]],
  ['magic', [255, 646, 357, 251, 253, 363, 335]],
  ['melee', [371, 311, 313, 595, 669, 672, 678, 666, 675]],
  ['missile', [331, 347, 678, 666]],
  ['summoning', [698]],
  ['defenses', [351, 654, 299, 379]],
  ['wards', [403, 405, 401, 287, 289, 285, 291]],
  ['trades', [333, 337, 339, 353, 361, 377, 437, 359]],
]

/** `War Magic` for `War Magic Aptitude`: words that can be dropped where space is short. */
export const shortName = (family: string): string => family.replace(/ (?:Aptitude|Prowess|Expertise)$/, '')

export interface Family {
  family: number
  label: string
}

/** Families that have cantrips of a suit, by name. */
export function familiesOf(spells: Iterable<KnownSpell>, nameOf: (family: number) => string): Family[] {
  const counted: readonly string[] = tiers
  const found = new Map<number, string>()
  for (const { family, tier } of spells) if (tier && counted.includes(tier)) found.set(family, nameOf(family))
  return [...found].map(([family, label]) => ({ family, label })).sort((a, b) => byText(a.label, b.label))
}

/** The wishes and those of a list that are not among them. */
export function addFamilies(wishes: readonly SpellWish[], more: readonly Family[], most: number): SpellWish[] {
  const there = new Set(wishes.map(({ family }) => family))
  const added = more.filter(({ family }) => !there.has(family))
  return [...wishes, ...added.map((one): SpellWish => ({ ...one, atLeast: 'MINOR', must: false }))].slice(0, most)
}
