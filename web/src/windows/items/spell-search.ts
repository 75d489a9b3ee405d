// Suggesting spells while somebody types: whole families, tiers, and spells by name.
import type { SpellTier } from '../../generated/types.ts'
import type { SpellChoice } from './criteria.ts'

/** A spell as our table has it. */
export interface KnownSpell {
  id: number
  name: string
  family: number
  tier: SpellTier | null
  level: number | null
}

const MOST = 12
const tiers: readonly SpellTier[] = ['LEGENDARY', 'EPIC', 'MAJOR', 'MINOR']
const said = (tier: SpellTier) => tier[0] + tier.slice(1).toLowerCase()

/** What can be chosen, the widest first: tiers, families with and without a tier, then single spells (cantrips before others). */
export function choicesFrom(spells: Iterable<KnownSpell>, familyName: (family: number) => string): SpellChoice[] {
  const all = [...spells]
  const families = new Map<string, Set<SpellTier>>()
  for (const { family, tier } of all) {
    if (!tier) continue
    const name = familyName(family)
    families.set(name, (families.get(name) ?? new Set()).add(tier))
  }
  const wide: SpellChoice[] = tiers.map((tier) => ({
    label: tier === 'LEGENDARY' ? 'Any Legendary' : `Any ${said(tier)} or better`,
    match: tier === 'LEGENDARY' ? { tier } : { atLeast: tier },
  }))
  const ofFamilies = [...families].flatMap(([name, known]): SpellChoice[] => [
    { label: `Any ${name}`, match: { familyName: name } },
    ...(known.has('EPIC') && known.has('LEGENDARY')
      ? [{ label: `Epic or better ${name}`, match: { familyName: name, atLeast: 'EPIC' as const } }]
      : []),
  ])
  const single = all
    .toSorted((a, b) => Number(!a.tier) - Number(!b.tier) || Number(a.level === null) - Number(b.level === null))
    .map(({ id, name }): SpellChoice => ({ label: name, match: { id } }))
  return [...wide, ...ofFamilies, ...single]
}

/** The choices whose words begin with the words typed, in their order; the best at the top are those that begin with the first. */
export function suggest(typed: string, choices: readonly SpellChoice[]): SpellChoice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices.slice(0, tiers.length)
  const fitting: { choice: SpellChoice; rank: number }[] = []
  for (const choice of choices) {
    const label = choice.label.toLowerCase().split(/[\s']+/)
    if (!words.every((word) => label.some((part) => part.startsWith(word)))) continue
    fitting.push({ choice, rank: label[0]!.startsWith(words[0]!) ? 0 : 1 })
  }
  return fitting
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ choice }) => choice)
}
